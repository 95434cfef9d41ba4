import type { MetricsRowsFragment } from '@/generated/graphql.ts';

type Page = Omit<MetricsRowsFragment, '__typename' | ' $fragmentName'>;
export type EpochRow = Page['epochs'][number];
export type CohortRow = Page['cohort'][number];

/** A measure of a network, the cohort or a pair (both with a null network) over epochs. */
export type MeasuredSeries = Omit<Page['series'][number], 'epochs' | 'values' | '__typename'> & {
  points: readonly { epoch: number; value: number }[];
};

/** All rows of a run known so far, by epoch, and the revision up to which they are complete. */
export type Metrics = {
  revision: number;
  networks: ReadonlyMap<number, readonly EpochRow[]>;
  cohort: readonly CohortRow[];
  series: ReadonlyMap<string, MeasuredSeries>;
};

export const noMetrics: Metrics = { revision: 0, networks: new Map(), cohort: [], series: new Map() };

/** The last epoch of the cohort that has been committed; 0 before the first. A teacher trained within is ended by then. */
export const lastEpoch = ({ cohort, networks }: Metrics): number =>
  Math.max(0, cohort.at(-1)?.epoch ?? 0, networks.get(0)?.at(-1)?.epoch ?? 0);

/**
 * The rows after a page: first those beyond `removedAfterEpoch` go, then the page's rows come in; a row that is there already is replaced.
 * A page older than what is known (sent again after a reconnection) changes nothing.
 */
export function mergeMetrics(known: Metrics, page: Page): Metrics {
  if (page.revision < known.revision) return known;
  const removed = page.removedAfterEpoch;
  const kept = <Row extends { epoch: number }>(rows: readonly Row[]) =>
    removed === null ? rows : rows.filter((row) => row.epoch <= removed);

  const networks = new Map<number, readonly EpochRow[]>();
  for (const [network, rows] of known.networks) networks.set(network, kept(rows));
  const fresh = new Map<number, EpochRow[]>();
  for (const row of page.epochs) fresh.set(row.network, [...(fresh.get(row.network) ?? []), row]);
  for (const [network, rows] of fresh) networks.set(network, mergeByEpoch(networks.get(network) ?? [], rows));
  return {
    revision: page.revision,
    networks: new Map([...networks].filter(([, rows]) => rows.length > 0).toSorted(([one], [other]) => one - other)),
    cohort: mergeByEpoch(kept(known.cohort), page.cohort),
    series: mergeSeries(new Map([...known.series].map(([key, one]) => [key, { ...one, points: kept(one.points) }])), page.series),
  };
}

function mergeSeries(known: Map<string, MeasuredSeries>, fresh: Page['series']): ReadonlyMap<string, MeasuredSeries> {
  for (const { epochs, values, ...one } of fresh) {
    const key = [one.measure.name, one.split, one.network, one.pair].join(' ');
    const points = epochs.map((epoch, place) => ({ epoch, value: values[place] ?? 0 }));
    known.set(key, { ...one, points: mergeByEpoch(known.get(key)?.points ?? [], points) });
  }
  return new Map([...known].filter(([, { points }]) => points.length > 0));
}

function mergeByEpoch<Row extends { epoch: number }>(known: readonly Row[], fresh: readonly Row[]): readonly Row[] {
  if (fresh.length === 0) return known;
  const rows = new Map(known.map((row) => [row.epoch, row]));
  for (const row of fresh) rows.set(row.epoch, row);
  return [...rows.values()].toSorted((one, other) => one.epoch - other.epoch);
}
