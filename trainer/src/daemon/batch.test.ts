import { describe, expect, it } from 'vitest';
import { kinds } from '../work/kinds.ts';
import type { TrainPart } from '../work/train/part.ts';
import { nextBatch } from './batch.ts';
import { failure, type Report } from './reports.ts';
import { commitOf, lineOf } from './testing/reports.ts';

const entries = (...reports: Report[]) => reports.map((report, index) => ({ seq: index + 1, report }));
const checkpoint = (epoch: number) => ({ epoch, teacherEpoch: null, file: { path: `/checkpoint-${epoch}`, sha256: `${epoch}`, bytes: 1 } });
const next = (pending: Parameters<typeof nextBatch>[1], share = 1) => nextBatch(kinds.TRAIN, pending, share);
const partOf = (batch: ReturnType<typeof nextBatch>) => batch?.commit as TrainPart | undefined;
const epochsOf = (batch: ReturnType<typeof nextBatch>) => partOf(batch)?.rows.map(({ epoch }) => epoch);

describe('the next batch of an outbox', () => {
  it('is none when nothing waits', () => {
    expect(next([])).toBeNull();
  });

  it('merges everything that waits, up to the report that ends the attempt', () => {
    const batch = next(entries(lineOf('a'), commitOf([1], checkpoint(1)), lineOf('b'), commitOf([2], checkpoint(2)), failure('over')));
    expect(epochsOf(batch)).toEqual([1, 2]);
    expect(batch).toMatchObject({ through: 5, commit: { checkpoint: { epoch: 2 } }, final: { error: 'over' } });
    expect(batch?.lines.map(({ seq, report }) => [seq, report.text])).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
  });

  it('leaves rows that the newest checkpoint does not cover to the batch after it', () => {
    const waiting = entries(commitOf([1]), commitOf([2], checkpoint(2)), lineOf('between'), commitOf([3]));
    const first = next(waiting);
    expect(epochsOf(first)).toEqual([1, 2]);
    expect(first).toMatchObject({ through: 3, commit: { checkpoint: { epoch: 2 } } });
    const second = next(waiting.filter(({ seq }) => seq > 3));
    expect(epochsOf(second)).toEqual([3]);
    expect(second?.commit?.checkpoint).toBeNull();
  });

  it('stays within 2,000 rows, and sends the newest checkpoint alone and last', () => {
    const epochs = (from: number) => Array.from({ length: 900 }, (_, index) => from + index);
    const waiting = entries(
      commitOf(epochs(1), checkpoint(900)),
      commitOf(epochs(901), checkpoint(1800)),
      commitOf(epochs(1801), checkpoint(2700)),
    );
    const first = next(waiting);
    expect(first).toMatchObject({ through: 2, commit: { checkpoint: null } });
    expect(partOf(first)?.rows).toHaveLength(1800);
    expect(next(waiting.slice(2))).toMatchObject({ through: 3, commit: { checkpoint: { epoch: 2700 } } });
  });

  it('is as small as it has to be where less passes at once, down to one report', () => {
    const waiting = entries(...[1, 2, 3, 4].map((epoch) => commitOf([epoch], checkpoint(epoch))), failure('over'));
    expect(epochsOf(next(waiting))).toEqual([1, 2, 3, 4]);
    expect(epochsOf(next(waiting, 2 / 2000))).toEqual([1, 2]);
    expect(epochsOf(next(waiting, 1 / 8000))).toEqual([1]);
  });

  it('holds each row once: the last one, where a run made it again after a restart', () => {
    const again = commitOf([2, 3], checkpoint(3));
    const anew = { ...again, rows: again.rows.map((row) => ({ ...row, seconds: 9 })) };
    const batch = next(entries(commitOf([1, 2]), anew));
    expect(partOf(batch)?.rows.map(({ epoch, seconds }) => [epoch, seconds])).toEqual([
      [1, 0.1],
      [2, 9],
      [3, 9],
    ]);
  });

  it('keeps what the first commit of an attempt said of the networks', () => {
    const networks = [{ index: 0, role: 'STUDENT' as const, model: 'mlp-8', view: 'image', parameters: 1, flops: null, initHash: 'a' }];
    const first = { ...commitOf([]), networks, fingerprint: { threads: 2 } };
    const batch = next(entries(first, commitOf([1], checkpoint(1))));
    expect(batch?.commit).toMatchObject({ networks, fingerprint: { threads: 2 }, checkpoint: { epoch: 1 } });
  });
});
