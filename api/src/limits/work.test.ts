import { describe, expect, it } from 'vitest';
import { Work, WorkEnded } from './work.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the work of an operation', () => {
  it('holds three connections at a time', async () => {
    const work = new Work();
    const held: (() => void)[] = [];
    for (let i = 0; i < 5; i += 1) void work.takeConnection().then((giveBack) => held.push(giveBack));
    await turn();
    expect(held).toHaveLength(3);
    held[0]?.();
    await turn();
    expect(held).toHaveLength(4);
  });

  it('ends with its request: who waits, and who comes later, gets none', async () => {
    const work = new Work();
    for (let i = 0; i < 3; i += 1) await work.takeConnection();
    const waiting = work.takeConnection();
    work.end();
    await expect(waiting).rejects.toBeInstanceOf(WorkEnded);
    await expect(work.takeConnection()).rejects.toBeInstanceOf(WorkEnded);
  });

  it('has its turn once, from when it begins', async () => {
    let inside = 0;
    const work = new Work(async () => {
      inside += 1;
      return () => {
        inside -= 1;
      };
    });
    expect(inside).toBe(0);
    await work.begin();
    await work.begin();
    expect(inside).toBe(1);
    work.leave();
    work.leave();
    expect(inside).toBe(0);
    await work.begin();
    expect(inside).toBe(1);
  });

  it('reads 32 MB at most', async () => {
    const work = new Work();
    work.countBytes(31_000_000);
    (await work.takeConnection())();
    work.countBytes(2_000_000);
    await expect(work.takeConnection()).rejects.toMatchObject({ code: 'TOO_COMPLEX', message: expect.stringContaining('32 MB') });
  });

  it('is known to all that it leads to, and to nothing else', async () => {
    const work = new Work();
    expect(await work.run(async () => [await turn(), Work.current()][1])).toBe(work);
    expect(Work.current()).toBeUndefined();
  });
});
