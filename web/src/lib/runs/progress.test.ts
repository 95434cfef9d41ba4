import { describe, expect, it } from 'vitest';
import type { RunProgressFieldsFragment } from '@/generated/graphql.ts';
import { partDone, secondsLeft } from './progress.ts';

const at = '2026-11-24T12:00:00Z';
const word = { phase: 'cohort', epoch: 5, epochs: 20, step: 50, steps: 100, loss: 0.7, imagesPerSecond: 900, etaSeconds: 60, at };
const running: RunProgressFieldsFragment = {
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

  it('counts the time left down between two words of the trainer', () => {
    expect(secondsLeft(running, Date.parse(at) + 10_000)).toBe(50);
    expect(secondsLeft(running, Date.parse(at) + 99_000)).toBe(0);
    expect(secondsLeft({ ...running, state: 'QUEUED' }, 0)).toBeNull();
  });
});
