import type { Result } from './run-figures.ts';

/** The results of a group that a plot draws: those that have runs, of the members it names; none named: all. */
export function drawnMembers(group: { results: readonly Result[] }, members: readonly (number | null)[]): Result[] {
  return group.results.filter(({ network, runIds }) => runIds.length > 0 && (members.length === 0 || members.includes(network)));
}
