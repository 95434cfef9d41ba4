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
  ended: parseAsStringLiteral(['hour', 'day', 'week'] as const),
  archived: parseAsStringLiteral(['yes'] as const),
  sort: parseAsStringLiteral(['ACTIVITY', 'CREATED', 'STARTED', 'FINISHED', 'PRIORITY', 'VALIDATION_ACCURACY'] as const).withDefault(
    'ACTIVITY',
  ),
  dir: parseAsStringLiteral(['ASC', 'DESC'] as const).withDefault('DESC'),
  ...pageParsers,
};

export type RunsState = inferParserType<typeof runsParsers>;

export const loadRunsState = createLoader(runsParsers);

/** Seconds of the times in which runs may have ended. */
const endedWithin = { hour: 3600, day: 86_400, week: 604_800 } as const;

/** The runs that an address lets through. */
export function runsFilter(state: RunsState): RunFilter {
  return {
    ...scopeOf(state),
    ...(state.experiment ? { experimentId: state.experiment } : {}),
    ...(state.trainer ? { trainerId: state.trainer } : {}),
    ...(state.tag ? { tag: state.tag } : {}),
    ...(state.state.length ? { states: state.state } : {}),
    ...(state.q ? { search: state.q } : {}),
    ...(state.ended ? { endedWithin: endedWithin[state.ended] } : {}),
    archived: state.archived === 'yes',
  };
}

/** The query an address stands for. */
export function runsVariables(state: RunsState): RunsQueryVariables {
  return {
    filter: runsFilter(state),
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
