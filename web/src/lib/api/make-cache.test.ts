import { gql } from '@apollo/client';
import { expect, it } from 'vitest';
import { makeCache } from './make-cache.ts';

it('a trainer’s word is not overwritten by an older one, and ends with the run', () => {
  const cache = makeCache();
  const query = gql`query { run { id progress { epoch at } } }`;
  const write = (progress: object | null) => {
    cache.writeQuery({
      query,
      data: { run: { __typename: 'Run', id: 'run_1', progress: progress && { __typename: 'RunProgress', ...progress } } },
    });
    return cache.readQuery<{ run: { progress: { epoch: number } | null } }>({ query })?.run.progress?.epoch;
  };
  expect(write({ epoch: 7, at: '2026-11-28T12:00:02Z' })).toBe(7);
  expect(write({ epoch: 6, at: '2026-11-28T12:00:01.500Z' })).toBe(7);
  expect(write({ epoch: 8, at: '2026-11-28T12:00:03Z' })).toBe(8);
  expect(write(null)).toBeUndefined();
});
