import { describe, expect, it } from 'vitest';
import type { RunProgressFieldsFragment } from '@/generated/graphql.ts';
import { partDone, placeOf, placeWords, secondsLeft } from './progress.ts';

const at = '2026-11-24T12:00:00Z';
const word = { phase: 'cohort', epoch: 5, epochs: 20, step: 50, steps: 100, loss: 0.7, imagesPerSecond: 900, etaSeconds: 60, at };
const running: RunProgressFieldsFragment = {
  revision: 1,
  state: 'RUNNING',
  epochs: 20,
  epochsDone: 4,
  progress: word,
};

describe('a run’s progress', () => {
  it('counts the epoch under way by its steps', () => {
    expect(partDone(running)).toBeCloseTo(4.5 / 20);
  });

  it('does not fall back when committed epochs are ahead of the last word', () => {
    expect(partDone({ ...running, epochsDone: 6 })).toBeCloseTo(6 / 20);
  });

  it('is in the epoch after the last that was committed, wherever that was heard of first; of an older word no step or loss is left', () => {
    expect(placeOf(running)).toEqual({ epoch: 5, epochs: 20, teacher: false, word });
    expect(placeOf({ ...running, epochsDone: 15 })).toEqual({ epoch: 16, epochs: 20, teacher: false, word: null });
    // The curve's rows are there before the run's own row is.
    expect(placeOf(running, 15)).toEqual({ epoch: 16, epochs: 20, teacher: false, word: null });
    expect(placeOf({ ...running, progress: null, epochsDone: 16 })?.epoch).toBe(17);
    expect(placeOf({ ...running, epochsDone: 20 })?.epoch).toBe(20);
  });

  it('is said by the same words wherever it is said, and the bar stands where they do', () => {
    const ahead = { ...running, epochsDone: 15 };
    expect([placeWords(running), placeWords(ahead), placeWords({ ...ahead, state: 'FAILED' })]).toEqual([
      'epoch 5 of 20',
      'epoch 16 of 20',
      '15 of 20 epochs',
    ]);
    expect(partDone(ahead)).toBe(0.75);
    expect(partDone(running, 15)).toBe(0.75);
  });

  it('is getting ready only before anything was heard', () => {
    expect(placeOf({ ...running, progress: null, epochsDone: 0 })).toBeNull();
    expect(placeOf({ ...running, progress: null, epochsDone: 0 }, 1)?.epoch).toBe(2);
  });

  it('shows a teacher’s own epochs while it trains', () => {
    expect(
      partDone({
        ...running,
        epochsDone: 0,
        progress: { ...word, phase: 'teacher', epochs: 10 },
      }),
    ).toBeCloseTo(0.45);
  });

  it('is whole once the run has succeeded, and keeps what a failed one had', () => {
    expect(partDone({ ...running, state: 'SUCCEEDED' })).toBe(1);
    expect(partDone({ ...running, state: 'FAILED' })).toBeCloseTo(0.2);
  });

  it('counts the time left down between two words of the trainer, and says none once what it said has run out', () => {
    expect(secondsLeft(running, Date.parse(at) + 10_000)).toBe(50);
    expect(secondsLeft(running, Date.parse(at) + 99_000)).toBeNull();
    expect(secondsLeft({ ...running, state: 'QUEUED' }, 0)).toBeNull();
  });
});
