import { expect, it } from 'vitest';
import { shortNames } from './short-names.ts';

it('parts that all names have are said once, wherever they stand', () => {
  const names = ['Independent · mlp-8 · 60 images, seed 1, network 0', 'Mutual · mlp-8 · 60 images, seed 1, network 1'];
  expect(shortNames(names)).toEqual({ common: 'mlp-8, 60 images, seed 1', short: ['Independent, network 0', 'Mutual, network 1'] });
});

it('one name, equal names, and one that is the others’ common part stay as they are', () => {
  for (const names of [['a · b'], ['a · b', 'a · b'], ['a', 'a · b'], []]) expect(shortNames(names)).toEqual({ common: '', short: names });
});
