import { describe, expect, it } from 'vitest';
import type { RunFilter } from '@/generated/graphql.ts';
import { meetsFilter } from './meets-filter.ts';

const run = {
  state: 'RUNNING',
  method: 'MUTUAL',
  groupKey: 'g',
  archived: false,
  tags: ['keep'],
  dataset: { name: 'shapes-16' },
  experiment: { id: 'exp_1' },
} as const;
const meets = (filter: RunFilter, changes: object = {}) => meetsFilter({ ...run, tags: [...run.tags], ...changes }, filter);

describe('a run of a list', () => {
  it('belongs into it while it is what the filter asks for', () => {
    const all: RunFilter = {
      states: ['RUNNING'],
      methods: ['MUTUAL'],
      dataset: 'shapes-16',
      groupKey: 'g',
      experimentId: 'exp_1',
      tag: 'keep',
    };
    expect(meets({ ...all, archived: false })).toBe(true);
    expect(meets({ archived: null }, { archived: true })).toBe(true);
  });

  it.each<[string, RunFilter, object]>([
    ['ended', { states: ['RUNNING', 'QUEUED'] }, { state: 'SUCCEEDED' }],
    ['was archived', { archived: false }, { archived: true }],
    ['was taken out of the archive', { archived: true }, { archived: false }],
    ['lost its tag', { tag: 'keep' }, { tags: [] }],
    ['went into another experiment', { experimentId: 'exp_1' }, { experiment: { id: 'exp_2' } }],
    ['went into none', { experimentId: 'exp_1' }, { experiment: null }],
  ])('has left it once it %s', (_, filter, changes) => {
    expect(meets(filter)).toBe(!filter.archived);
    expect(meets(filter, changes)).toBe(false);
  });
});
