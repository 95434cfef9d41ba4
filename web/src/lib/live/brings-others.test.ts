import { expect, it } from 'vitest';
import { bringsOthers } from './brings-others.ts';

const holding = (...ids: string[]) => ({ datasets: ids.map((id) => ({ id })) });

it('choices lack a dataset where a trainer holds one that is not among them, and not where one of theirs has no trainer', () => {
  expect(bringsOthers([holding('a'), holding('a', 'b')], holding('a'))).toBe(true);
  expect(bringsOthers([holding('a'), holding()], holding('a', 'b'))).toBe(false);
  expect(bringsOthers([], holding())).toBe(false);
});
