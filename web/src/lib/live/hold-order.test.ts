import { describe, expect, it } from 'vitest';
import { holdOrder } from './hold-order.ts';

const id = (row: { id: string }) => row.id;
const rows = (...ids: string[]) => ids.map((each) => ({ id: each }));

describe('holdOrder', () => {
  it('keeps rows where they stood', () => {
    expect(holdOrder(['a', 'b', 'c'], rows('c', 'a', 'b'), id).map(id)).toEqual(['a', 'b', 'c']);
  });

  it('puts new rows at the end, in their own order, and drops those that have gone', () => {
    expect(holdOrder(['a', 'b', 'c'], rows('x', 'c', 'y', 'a'), id).map(id)).toEqual(['a', 'c', 'x', 'y']);
  });
});
