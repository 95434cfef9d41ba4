import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { ExperimentsQueryVariables } from '@/generated/graphql.ts';
import { pageArguments, pageParsers } from '@/lib/paging.ts';

const pageSize = 50;

/** What the address of the list of experiments holds. */
export const experimentsParsers = {
  q: parseAsString.withDefault(''),
  archived: parseAsStringLiteral(['yes'] as const),
  ...pageParsers,
};

export const loadExperimentsState = createLoader(experimentsParsers);

export function experimentsVariables(state: inferParserType<typeof experimentsParsers>): ExperimentsQueryVariables {
  return { archived: state.archived === 'yes', ...pageArguments(state, pageSize), ...(state.q ? { search: state.q } : {}) };
}
