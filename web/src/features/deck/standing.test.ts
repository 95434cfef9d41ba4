import { describe, expect, it } from 'vitest';
import { inWords, missingRuns, standingOf } from './standing.ts';

const counts = { blocked: 0, queued: 0, running: 0, succeeded: 0 };

describe('where a preset stands', () => {
  it('has nothing to say before anything was scheduled', () => {
    expect(standingOf({ runCount: 6, counts, conclusions: [{ verdict: 'PENDING' }] })).toEqual({ kind: 'none' });
  });

  it('counts what has succeeded while the rest waits, runs or is missing', () => {
    const some = { ...counts, succeeded: 2, running: 1 };
    expect(standingOf({ runCount: 6, counts: some, conclusions: [] })).toEqual({ kind: 'under way', succeeded: 2, of: 6 });
    expect(missingRuns({ runCount: 6, counts: some })).toBe(3);
  });

  it('tells the verdict once all have succeeded', () => {
    const all = { ...counts, succeeded: 6 };
    expect(standingOf({ runCount: 6, counts: all, conclusions: [{ verdict: 'AGREES' }, { verdict: 'NO_CLAIM' }] })).toEqual({
      kind: 'ended',
      verdict: 'AGREES',
      words: 'agrees',
    });
  });
});

describe('several comparisons', () => {
  it('say how many say what', () => {
    expect(inWords(['AGREES', 'AGREES', 'UNDECIDED', 'NO_CLAIM'])).toBe('2 agree, 1 undecided');
    expect(inWords(['DISAGREES', 'DISAGREES'])).toBe('both disagree');
    expect(inWords(['AGREES', 'AGREES', 'AGREES'])).toBe('all 3 agree');
    expect(inWords(['NO_CLAIM'])).toBe('measured');
  });
});
