import { describe, expect, it } from 'vitest';
import { findExperiments } from './find-experiments.ts';

const all = [
  { value: '1', label: 'Does a peer help?' },
  { value: '2', label: 'Help from peers, again' },
];

describe('experiments by what one types', () => {
  it('are those that hold all of its words, in any order and case', () => {
    expect(findExperiments(all, ' HELP peer').found.map(({ value }) => value)).toEqual(['1', '2']);
    expect(findExperiments(all, 'again help').found.map(({ value }) => value)).toEqual(['2']);
  });

  it('know whether one has that title already, so that none is made twice', () => {
    expect(findExperiments(all, 'does a peer help? ').exact).toBe(true);
    expect(findExperiments(all, 'does a peer').exact).toBe(false);
    const longer = { value: '3', label: 'Does a peer help? Once more' };
    expect(findExperiments([longer, ...all], 'does a peer help?').found.map(({ value }) => value)).toEqual(['1', '3']);
  });
});
