import { expect, it } from 'vitest';
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
