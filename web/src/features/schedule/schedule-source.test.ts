import { describe, expect, it } from 'vitest';
import { scheduleSource } from './schedule-source.ts';

describe('what the form starts with', () => {
  it('is nothing without an address', () => {
    expect(scheduleSource({})).toEqual({ clone: null, group: null, experiment: null });
  });

  it('reads a run to clone and the experiment to join', () => {
    expect(scheduleSource({ clone: 'run_1', experiment: 'exp_1' })).toMatchObject({ clone: 'run_1', experiment: 'exp_1' });
    expect(scheduleSource({ clone: ['run_1', 'run_2'] }).clone).toBeNull();
  });

  it('reads a group of the deck, tiny unless another scale is named', () => {
    expect(scheduleSource({ deck: 'mutual', group: 'dml' }).group).toEqual({ slug: 'mutual', scale: 'TINY', key: 'dml' });
    expect(scheduleSource({ deck: 'mutual', group: 'dml', scale: 'paper' }).group?.scale).toBe('PAPER');
    expect(scheduleSource({ deck: 'mutual', group: 'dml', scale: 'huge' }).group).toBeNull();
    expect(scheduleSource({ deck: 'mutual' }).group).toBeNull();
  });
});
