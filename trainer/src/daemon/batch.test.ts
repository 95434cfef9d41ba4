import { describe, expect, it } from 'vitest';
import { nextBatch } from './batch.ts';
import { failure, type Report } from './reports.ts';
import { commitOf, lineOf } from './testing/reports.ts';

const entries = (...reports: Report[]) => reports.map((report, index) => ({ seq: index + 1, report }));
const checkpoint = (epoch: number) => ({ epoch, teacherEpoch: null, file: { path: `/checkpoint-${epoch}`, sha256: `${epoch}`, bytes: 1 } });
const epochsOf = (batch: ReturnType<typeof nextBatch>) => batch?.commit?.rows.map(({ epoch }) => epoch);

describe('the next batch of an outbox', () => {
  it('is none when nothing waits', () => {
    expect(nextBatch([])).toBeNull();
  });

  it('merges everything that waits, up to the report that ends the attempt', () => {
    const batch = nextBatch(entries(lineOf('a'), commitOf([1], checkpoint(1)), lineOf('b'), commitOf([2], checkpoint(2)), failure('over')));
    expect(epochsOf(batch)).toEqual([1, 2]);
    expect(batch).toMatchObject({ through: 5, commit: { checkpoint: { epoch: 2 } }, final: { error: 'over' } });
    expect(batch?.lines.map(({ seq, report }) => [seq, report.text])).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
  });

  it('leaves rows that the newest checkpoint does not cover to the batch after it', () => {
    const waiting = entries(commitOf([1]), commitOf([2], checkpoint(2)), lineOf('between'), commitOf([3]));
    const first = nextBatch(waiting);
    expect(epochsOf(first)).toEqual([1, 2]);
    expect(first).toMatchObject({ through: 3, commit: { checkpoint: { epoch: 2 } } });
    const second = nextBatch(waiting.filter(({ seq }) => seq > 3));
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
    const first = nextBatch(waiting);
    expect(first).toMatchObject({ through: 2, commit: { checkpoint: null } });
    expect(first?.commit?.rows).toHaveLength(1800);
    expect(nextBatch(waiting.slice(2))).toMatchObject({ through: 3, commit: { checkpoint: { epoch: 2700 } } });
  });

  it('is as small as it has to be where less passes at once, down to one report', () => {
    const waiting = entries(...[1, 2, 3, 4].map((epoch) => commitOf([epoch], checkpoint(epoch))), failure('over'));
    expect(epochsOf(nextBatch(waiting))).toEqual([1, 2, 3, 4]);
    expect(epochsOf(nextBatch(waiting, 2 / 2000))).toEqual([1, 2]);
    expect(epochsOf(nextBatch(waiting, 1 / 8000))).toEqual([1]);
  });

  it('holds each row once: the last one, where a run made it again after a restart', () => {
    const again = commitOf([2, 3], checkpoint(3));
    const batch = nextBatch(entries(commitOf([1, 2]), { ...again, rows: again.rows.map((row) => ({ ...row, seconds: 9 })) }));
    expect(batch?.commit?.rows.map(({ epoch, seconds }) => [epoch, seconds])).toEqual([
      [1, 0.1],
      [2, 9],
      [3, 9],
    ]);
  });

  it('keeps what the first commit of an attempt said of the networks', () => {
    const networks = [{ index: 0, role: 'STUDENT' as const, model: 'mlp-8', view: 'image', parameters: 1, flops: null, initHash: 'a' }];
    const batch = nextBatch(entries({ ...commitOf([]), networks, fingerprint: { threads: 2 } }, commitOf([1], checkpoint(1))));
    expect(batch?.commit).toMatchObject({ networks, fingerprint: { threads: 2 }, checkpoint: { epoch: 1 } });
  });
});
