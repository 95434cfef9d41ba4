import { describe, expect, it } from 'vitest';
import { parseCommand, readCount, UsageError } from './cli.ts';

const options = { slots: { type: 'string' }, help: { type: 'boolean' } } as const;

describe('a command line', () => {
  it('gives its options', () => {
    expect(parseCommand(['--slots', '2'], options).values).toEqual({ slots: '2' });
  });

  it('with an unknown option is refused with the list of those there are', () => {
    expect(() => parseCommand(['--slot', '2'], options)).toThrow("Unknown option '--slot'. Options: --slots, --help");
  });

  it('with an option that lacks its value is refused', () => {
    expect(() => parseCommand(['--slots'], options)).toThrow(UsageError);
  });
});

it('a count is a whole number within its bounds', () => {
  expect(readCount('--slots', '2', 1, 64)).toBe(2);
  for (const wrong of ['0', '65', '1.5', 'two', '', '0x10', '1e1', '1,000', '+2'])
    expect(() => readCount('--slots', wrong, 1, 64)).toThrow('a whole number from 1 to 64');
  expect(() => readCount('--seed', '', 0, 64)).toThrow('--seed is ""');
});
