import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('are given to a few of each client at a time, in the order they were asked for', async () => {
    const turns = new Turns(2);
    const leave: (() => void)[] = [];
    const entered: string[] = [];
    for (const client of ['a1', 'a2', 'a3', 'a4', 'b1'])
      turns.take(client.slice(0, 1), (over) => {
        entered.push(client);
        leave.push(over);
      });
    expect(entered).toEqual(['a1', 'a2', 'b1']);
    leave[0]?.();
    leave[0]?.();
    await turn();
    expect(entered).toEqual(['a1', 'a2', 'b1', 'a3']);
    leave[1]?.();
    await turn();
    expect(entered).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });
});
