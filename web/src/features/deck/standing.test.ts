import { describe, expect, it } from 'vitest';
import type { DeckMetric, DeckVerdict } from '@/generated/graphql.ts';
import { inWords, missingRuns, onSplits, standingOf } from './standing.ts';

const on = (metric: DeckMetric, verdict: DeckVerdict) => ({ metric, verdict });
const counts = { blocked: 0, queued: 0, running: 0, succeeded: 0 };

describe('where a preset stands', () => {
  it('has nothing to say before anything was scheduled', () => {
    expect(standingOf({ runCount: 6, counts, conclusions: [{ verdict: 'PENDING', metric: 'TEST_ACCURACY' }] })).toEqual({ kind: 'none' });
  });

  it('counts what has succeeded while the rest waits, runs or is missing', () => {
    const some = { ...counts, succeeded: 2, running: 1 };
    expect(standingOf({ runCount: 6, counts: some, conclusions: [] })).toEqual({ kind: 'under way', succeeded: 2, of: 6 });
    expect(missingRuns({ runCount: 6, counts: some })).toBe(3);
  });

  it('tells the verdict once all have succeeded', () => {
    const all = { ...counts, succeeded: 6 };
    expect(
      standingOf({ runCount: 6, counts: all, conclusions: [on('TEST_ACCURACY', 'AGREES'), on('VALIDATION_ACCURACY', 'NO_CLAIM')] }),
    ).toEqual({
      kind: 'ended',
      verdict: 'AGREES',
      words: 'agrees on test',
    });
  });
});

describe('several comparisons', () => {
  it('say on which split they were made', () => {
    expect(onSplits([on('TEST_ACCURACY', 'AGREES'), on('WITHHELD_ACCURACY', 'AGREES')])).toBe('both agree on test');
    expect(onSplits([on('VALIDATION_ENTROPY', 'UNDECIDED'), on('TEST_ACCURACY', 'AGREES')])).toBe(
      'undecided on validation; agrees on test',
    );
    expect(onSplits([on('TEST_ACCURACY', 'NO_CLAIM')])).toBe('measured on test');
  });

  it('say how many say what', () => {
    expect(inWords(['AGREES', 'AGREES', 'UNDECIDED', 'NO_CLAIM'])).toBe('2 agree, 1 undecided');
    expect(inWords(['DISAGREES', 'DISAGREES'])).toBe('both disagree');
    expect(inWords(['AGREES', 'AGREES', 'AGREES'])).toBe('all 3 agree');
    expect(inWords(['NO_CLAIM'])).toBe('measured');
  });
});
