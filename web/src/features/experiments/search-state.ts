import { createLoader, type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { ExperimentsQueryVariables } from '@/generated/graphql.ts';

/** What the address of the list of experiments holds. */
export const experimentsParsers = {
  q: parseAsString.withDefault(''),
  archived: parseAsStringLiteral(['yes'] as const),
  show: parseAsInteger.withDefault(50),
};

export const loadExperimentsState = createLoader(experimentsParsers);

export function experimentsVariables(state: inferParserType<typeof experimentsParsers>): ExperimentsQueryVariables {
  return { archived: state.archived === 'yes', first: Math.min(200, Math.max(1, state.show)), ...(state.q ? { search: state.q } : {}) };
}
