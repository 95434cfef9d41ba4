import { expect, it } from 'vitest';
import { askedOf } from './asked-of.ts';

const network = (run: string, index: number) => ({ label: `${run}, network ${index}`, network: index });

it('one network goes by its name, several by their number, and those at one place of several runs by that', () => {
  expect(askedOf([network('a', 1)])).toBe('a, network 1');
  expect(askedOf([network('a', 0), network('a', 1)])).toBe('2 networks');
  expect(askedOf([network('a', 1), network('b', 1), network('a', 1)])).toBe('network 1 of 2 runs');
  expect(askedOf([])).toBe('');
});
