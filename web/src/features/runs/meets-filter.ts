import type { ListRunFragment, RunFilter } from '@/generated/graphql.ts';

type Facts = Pick<ListRunFragment, 'state' | 'method' | 'groupKey' | 'archived' | 'tags'> & {
  dataset: { name: string };
  experiment: { id: string } | null;
};

/**
 * Whether a run that a list shows still belongs into it, as far as the run itself tells: it may have changed since the list was read, by
 * whomever. What only the API can tell (the search, the trainer) it is asked about anew.
 */
export function meetsFilter(run: Facts, filter: RunFilter): boolean {
  const { states, methods, dataset, experimentId, groupKey, tag, archived } = filter;
  return (
    (!states || states.includes(run.state)) &&
    (!methods || methods.includes(run.method)) &&
    (!dataset || run.dataset.name === dataset) &&
    (!experimentId || run.experiment?.id === experimentId) &&
    (!groupKey || run.groupKey === groupKey) &&
    (!tag || run.tags.includes(tag)) &&
    (archived == null || run.archived === archived)
  );
}
