import { createLoader, type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { RunFilter, RunsQueryVariables } from '@/generated/graphql.ts';
import { pageArguments, pageParsers } from '@/lib/paging.ts';

const pageSize = 50;

/** What the address of the list of runs holds. */
export const runsParsers = {
  q: parseAsString.withDefault(''),
  state: parseAsArrayOf(parseAsStringLiteral(['BLOCKED', 'QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const)).withDefault(
    [],
  ),
  method: parseAsStringLiteral(['INDEPENDENT', 'DISTILLATION', 'MUTUAL', 'CONFIDENCE_PENALTY'] as const),
  dataset: parseAsString.withDefault(''),
  group: parseAsString.withDefault(''),
  experiment: parseAsString.withDefault(''),
  trainer: parseAsString.withDefault(''),
  tag: parseAsString.withDefault(''),
  archived: parseAsStringLiteral(['yes'] as const),
  sort: parseAsStringLiteral(['ACTIVITY', 'CREATED', 'STARTED', 'FINISHED', 'PRIORITY', 'VALIDATION_ACCURACY'] as const).withDefault(
    'ACTIVITY',
  ),
  dir: parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
  ...pageParsers,
};

export type RunsState = inferParserType<typeof runsParsers>;

export const loadRunsState = createLoader(runsParsers);

/** The query an address stands for. */
export function runsVariables(state: RunsState): RunsQueryVariables {
  return {
    filter: {
      ...scopeOf(state),
      ...(state.experiment ? { experimentId: state.experiment } : {}),
      ...(state.trainer ? { trainerId: state.trainer } : {}),
      ...(state.tag ? { tag: state.tag } : {}),
      ...(state.state.length ? { states: state.state } : {}),
      ...(state.q ? { search: state.q } : {}),
      archived: state.archived === 'yes',
    },
    sort: state.sort,
    direction: state.dir,
    ...pageArguments(state, pageSize),
  };
}

/**
 * The filters that a run meets for good: what to listen to, so that runs that enter or leave the list by a change are heard, too. State,
 * archive, tags, experiment, trainer and text may all change.
 */
export function scopeOf(state: RunsState): RunFilter {
  return {
    ...(state.method ? { methods: [state.method] } : {}),
    ...(state.dataset ? { dataset: state.dataset } : {}),
    ...(state.group ? { groupKey: state.group } : {}),
    archived: null,
  };
}
