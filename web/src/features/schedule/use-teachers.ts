'use client';

import { skipToken, useQuery } from '@apollo/client/react';
import { unmask } from '@/generated/fragment-masking.ts';
import {
  TeacherGroupDocument,
  TeacherGroupsDocument,
  TeacherRunDocument,
  TeacherRunsDocument,
  TeachingRowFragmentDoc,
  TeachingRunFragmentDoc,
} from '@/generated/graphql.ts';
import { useSettled } from '@/lib/use-settled.ts';
import { modelsFirst, rowOption, runOptions, type TeacherOption } from './teacher-options.ts';

/** Found by one search; who looks for another types more. */
const first = 20;

/** What a search found, best first, and the networks of the one that is chosen. */
export type Teachers = {
  found: TeacherOption[];
  /** Those that the search found are more than are listed. */
  more: boolean;
  searching: boolean;
  failed: boolean;
  chosen: TeacherOption[];
  /** Searches anew: others may have come up since. */
  refresh: () => void;
};

/** Runs on a dataset by their label, note, tags or id. */
export function useTeacherRuns(dataset: string, search: string, chosen: string): Teachers {
  const asked = useSettled(search);
  const variables = { dataset, search: asked, first };
  const { data, previousData, loading, error, refetch } = useQuery(
    TeacherRunsDocument,
    dataset ? { variables, fetchPolicy: 'no-cache' } : skipToken,
  );
  const one = useQuery(TeacherRunDocument, chosen ? { variables: { id: chosen } } : skipToken);
  const searching = loading || asked !== search;
  // Those of an earlier text stand only until those of this one are there.
  const runs = (data ?? (searching ? previousData : undefined))?.runs;
  const found = modelsFirst(
    (runs?.edges ?? []).flatMap(({ node }) => runOptions(unmask(TeachingRunFragmentDoc, node))),
    asked,
  );
  const run = unmask(TeachingRunFragmentDoc, one.data?.run);
  return {
    found,
    more: (runs?.totalCount ?? 0) > first,
    searching,
    failed: error !== undefined,
    chosen: run ? runOptions(run) : [],
    refresh: anew(refetch),
  };
}

/** Groups on a dataset by their label, tags, models or experiment. */
export function useTeacherGroups(dataset: string, search: string, chosen: string): Teachers {
  const asked = useSettled(search);
  const variables = { dataset, search: asked, first };
  const { data, previousData, loading, error, refetch } = useQuery(
    TeacherGroupsDocument,
    dataset ? { variables, fetchPolicy: 'no-cache' } : skipToken,
  );
  const one = useQuery(TeacherGroupDocument, chosen ? { variables: { key: chosen } } : skipToken);
  const searching = loading || asked !== search;
  // Those of an earlier text stand only until those of this one are there.
  const rows = (data ?? (searching ? previousData : undefined))?.leaderboard;
  const found = modelsFirst(
    (rows?.edges ?? []).map(({ node }) => rowOption(unmask(TeachingRowFragmentDoc, node))),
    asked,
  );
  const networks = (one.data?.group?.rows ?? [])
    .map((row) => unmask(TeachingRowFragmentDoc, row))
    .filter((row) => row.networkIndex !== null);
  return {
    found,
    more: (rows?.totalCount ?? 0) > first,
    searching,
    failed: error !== undefined,
    chosen: networks.map(rowOption),
    refresh: anew(refetch),
  };
}

/** What cannot be asked now is asked with the next key. */
const anew = (refetch: () => Promise<unknown>) => () => void refetch().catch(() => {});
