import { appendFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainFullDisk } from './durable.ts';
import { Outbox } from './outbox.ts';
import { failure } from './reports.ts';
import { commitOf, lineOf } from './testing/reports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-outbox-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('an outbox', () => {
  it('gives back after a restart what was not delivered, in order', async () => {
    const before = await Outbox.open(folder);
    await Promise.all([before.append(lineOf('one')), before.append(commitOf([1])), before.append(commitOf([2]))]);
    await before.markSent(2);
    await before.close();
    const after = await Outbox.open(folder);
    expect(after.pending).toEqual([{ seq: 3, report: commitOf([2]) }]);
    expect(await after.append(lineOf('four'))).toBe(4);
    await after.close();
  });

  it('forgets a line that a kill cut short: nobody was told that it was stored', async () => {
    const before = await Outbox.open(folder);
    await before.append(commitOf([1]));
    await before.close();
    await appendFile(join(folder, 'outbox.jsonl'), '{"seq":2,"report":{"kind":"comm');
    const after = await Outbox.open(folder);
    expect(after.entries).toHaveLength(1);
    await after.append(commitOf([2]));
    await after.close();
    const again = await Outbox.open(folder);
    expect(again.entries.map(({ seq }) => seq)).toEqual([1, 2]);
    await again.close();
  });

  it('sends again rather than lose, when the mark of what was sent is torn', async () => {
    const before = await Outbox.open(folder);
    for (let epoch = 1; epoch <= 12; epoch++) await before.append(commitOf([epoch]));
    await before.markSent(12);
    await before.close();
    await writeFile(join(folder, 'outbox.sent'), '1');
    const after = await Outbox.open(folder);
    expect(after.pending).toHaveLength(11);
    await after.close();
  });

  it.each([
    ['zeros', '\0'.repeat(100)],
    ['zeros and a line', `${'\0'.repeat(100)}\n{"seq":9,"report":{"kind":"log"}}\n`],
    ['a line of something else', '{"sequence":2}\n'],
    ['null', 'null\n'],
  ])('is cut where a power cut left %s, and numbers what follows anew', async (_, rest) => {
    const before = await Outbox.open(folder);
    await before.append(commitOf([1]));
    await before.close();
    await appendFile(join(folder, 'outbox.jsonl'), rest);
    // Of what is lost now, more had been sent.
    await writeFile(join(folder, 'outbox.sent'), '7');
    const after = await Outbox.open(folder);
    expect(after.entries).toHaveLength(1);
    expect(await after.append(commitOf([2]))).toBe(2);
    expect(after.pending.map(({ seq }) => seq)).toEqual([2]);
    await after.close();
    const again = await Outbox.open(folder);
    expect(again.entries.map(({ seq }) => seq)).toEqual([1, 2]);
    await again.close();
  });

  it('knows the report that ended the attempt', async () => {
    const outbox = await Outbox.open(folder);
    await outbox.append(commitOf([1]));
    expect(outbox.final).toBeNull();
    await outbox.append(failure('non-finite loss', { permanent: true }));
    expect(outbox.final?.report).toMatchObject({ kind: 'fail', permanent: true });
    await outbox.close();
  });

  it.skipIf(process.platform !== 'linux')('refuses a report that a full disk cannot hold, in words', async () => {
    await symlink('/dev/full', join(folder, 'outbox.jsonl'));
    const outbox = await Outbox.open(folder);
    const refused = await outbox.append(commitOf([1])).catch((error: unknown) => error);
    expect(explainFullDisk(refused, folder)).toBe(
      `the disk that holds ${folder} is full: free some space, or give the trainer another STUDYHALL_HOME`,
    );
    expect(outbox.pending).toEqual([]);
    await outbox.close();
  });
});
