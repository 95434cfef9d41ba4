import { expect, it } from 'vitest';
import { WorkEnded } from '../limits/work.ts';
import { SharedReads } from './shared-reads.ts';

it('those who ask together are answered by one read; who asks while it runs, by the next', async () => {
  const shared = new SharedReads();
  const reads: ((value: string) => void)[] = [];
  const read = () => new Promise<string>((resolve) => reads.push(resolve));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const together = [shared.read('q', read), shared.read('q', read), shared.read('q', read)];
  await turn();
  expect(reads).toHaveLength(1);
  // The read under way may have passed over what these were woken for.
  const later = [shared.read('q', read), shared.read('q', read)];
  const elsewhere = shared.read('another question', async () => 'other');
  expect(await elsewhere).toBe('other');
  expect(reads).toHaveLength(1);
  reads[0]?.('old');
  expect(await Promise.all(together)).toEqual(['old', 'old', 'old']);
  await turn();
  expect(reads).toHaveLength(2);
  reads[1]?.('new');
  expect(await Promise.all(later)).toEqual(['new', 'new']);
});

it('a read that fails, fails for those who asked, and not for the next', async () => {
  const shared = new SharedReads();
  let fails = true;
  const read = async () => {
    if (fails) throw new Error('away');
    return 'there';
  };
  const both = [shared.read('q', read), shared.read('q', read)];
  for (const one of both) await expect(one).rejects.toThrow('away');
  fails = false;
  expect(await shared.read('q', read)).toBe('there');
});

it('what was read for a change answers all whom it woke, also who comes late; not those whom a later one woke', async () => {
  const shared = new SharedReads();
  let reads = 0;
  const read = async () => ++reads;
  expect(await shared.readOnce('q', 1, read)).toBe(1);
  expect(await shared.readOnce('q', 1, read)).toBe(1);
  expect(await shared.readOnce('another', 1, read)).toBe(2);
  expect(await Promise.all([shared.readOnce('q', 2, read), shared.readOnce('q', 2, read)])).toEqual([3, 3]);
  expect(await shared.readOnce('q', undefined, read)).toBe(4);
  expect(await shared.readOnce('q', undefined, read)).toBe(5);
  const fails = async () => {
    throw new Error('away');
  };
  await expect(shared.readOnce('q', 3, fails)).rejects.toThrow('away');
  expect(await shared.readOnce('q', 3, read)).toBe(6);
});

it('who asked first may be gone before the answer: the others read for themselves', async () => {
  const shared = new SharedReads();
  const gone = () => Promise.reject(new WorkEnded());
  for (const ask of [
    (read: () => Promise<string>) => shared.read('q', read),
    (read: () => Promise<string>) => shared.readOnce('q', 7, read),
  ]) {
    const first = ask(gone);
    const others = [ask(async () => 'there'), ask(async () => 'there')];
    await expect(first).rejects.toThrow(WorkEnded);
    expect(await Promise.all(others)).toEqual(['there', 'there']);
  }
});
