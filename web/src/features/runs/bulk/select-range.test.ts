import { describe, expect, it } from 'vitest';
import { selectRange } from './select-range.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const select = (selected: string[], id: string, options: { chosen: boolean; from: string | null }) =>
  [...selectRange(new Set(selected), ids, id, options)].sort().join('');

describe('a selection of rows', () => {
  it('grows and shrinks by one', () => {
    expect(select(['a'], 'c', { chosen: true, from: null })).toBe('ac');
    expect(select(['a', 'c'], 'a', { chosen: false, from: null })).toBe('c');
  });

  it('with the shift key takes in all from the box touched before, in either direction, and clears them alike', () => {
    expect(select(['b'], 'd', { chosen: true, from: 'b' })).toBe('bcd');
    expect(select(['d'], 'a', { chosen: true, from: 'd' })).toBe('abcd');
    expect(select(['a', 'b', 'c'], 'c', { chosen: false, from: 'b' })).toBe('a');
  });

  it('takes the box alone where the other is no longer in sight', () => {
    expect(select(['x'], 'd', { chosen: true, from: 'x' })).toBe('dx');
  });
});
