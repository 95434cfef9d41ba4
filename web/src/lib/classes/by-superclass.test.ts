import { describe, expect, it } from 'vitest';
import { bySuperclass, inOrder } from './by-superclass.ts';

describe('classes by superclass', () => {
  it('stand beside each other, superclasses as their first class comes', () => {
    const classes = [
      { name: 'apple', superclass: 'fruit' },
      { name: 'bear', superclass: 'beasts' },
      { name: 'pear', superclass: 'fruit' },
    ];
    expect(bySuperclass(classes)).toEqual({
      order: [0, 2, 1],
      groups: [
        { name: 'fruit', from: 0, to: 2 },
        { name: 'beasts', from: 2, to: 3 },
      ],
    });
  });

  it('stay as they are without superclasses', () => {
    expect(bySuperclass([{ name: 'a' }, { name: 'b', superclass: null }])).toEqual({ order: [0, 1], groups: [] });
  });

  it('order a matrix both ways; a row without numbers stays empty', () => {
    const matrix = [[1, 2, 3], [], [7, 8, 9]];
    expect(inOrder(matrix, [2, 0, 1])).toEqual([[9, 7, 8], [3, 1, 2], []]);
  });
});
