import { expect, it } from 'vitest';
import { tooLateWords } from './too-late.ts';

it('a cancel that came too late says how the run has ended', () => {
  expect(tooLateWords('SUCCEEDED')).toBe('Not cancelled: the run had just succeeded.');
  expect(tooLateWords('FAILED')).toBe('Not cancelled: the run had just failed.');
  expect((['RUNNING', 'QUEUED', 'CANCELLED'] as const).map(tooLateWords)).toEqual([null, null, null]);
});
