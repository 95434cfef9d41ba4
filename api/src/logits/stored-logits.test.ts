import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiskStore } from '../artifacts/disk-store.ts';
import { logitsFile } from '../testing/logits-file.ts';
import { inParts, type LogitsFile, StoredLogits } from './stored-logits.ts';

describe('stored logits', () => {
  let folder: string;
  let store: DiskStore;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'studyhall-logits-'));
    store = new DiskStore(folder, 1e9);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function put(bytes: Uint8Array): Promise<LogitsFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await mkdir(path.dirname(store.pathOf(sha256)), { recursive: true });
    await writeFile(store.pathOf(sha256), bytes);
    return { sha256, of: 'The test logits of network 0 of run_1' };
  }

  it('are read once, however often they are asked for, and not for ever', async () => {
    // 24 bytes of logits each: of two, the one asked for last is kept.
    const logits = new StoredLogits(store, { mostBytes: 1000, mostKept: 40 });
    const [one, other] = [await put(logitsFile(3, [1, 2, 3, 4, 5, 6], [0, 1])), await put(logitsFile(3, [6, 5, 4, 3, 2, 1], [0, 1]))];
    const read = await logits.read(one);
    await rm(store.pathOf(one.sha256));
    expect(await logits.read(one)).toBe(read);
    await logits.read(other);
    await expect(logits.read(one)).rejects.toThrow(
      `The test logits of network 0 of run_1 are gone: there is no file ${one.sha256} any more.`,
    );
  });

  it('are not read where they are too large', async () => {
    const file = await put(new Uint8Array(101));
    const logits = new StoredLogits(store, { mostBytes: 100, mostKept: 100 });
    await expect(logits.read(file)).rejects.toThrow('have 101 bytes; figures are made of up to 100.');
  });

  it('are computed with in turn, whatever became of the turn before', async () => {
    const logits = new StoredLogits(store);
    const order: string[] = [];
    const turn = (name: string) => async () => {
      order.push(`${name} begins`);
      await inParts(3, 50_000, () => {});
      order.push(`${name} ends`);
      if (name === 'one') throw new Error('broke');
    };
    await Promise.all([expect(logits.inTurn(turn('one'))).rejects.toThrow('broke'), logits.inTurn(turn('other'))]);
    expect(order).toEqual(['one begins', 'one ends', 'other begins', 'other ends']);
  });

  it('are taken in part by part, each sample once, others in between', async () => {
    const parts: (readonly [number, number])[] = [];
    let others = 0;
    const done = inParts(5, 50_000, (from, to) => parts.push([from, to]));
    setImmediate(() => {
      others = parts.length;
    });
    await done;
    expect(parts).toEqual([[0, 2], [2, 4], [4, 5]]); // biome-ignore format: short
    expect(others).toBeLessThan(3);
  });
});
