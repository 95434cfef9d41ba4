import type { DeckGroupFieldsFragment } from '@/generated/graphql.ts';
import { type Statistic, summarise } from '@/lib/statistics/interval.ts';

type Group = Pick<DeckGroupFieldsFragment, 'runs' | 'results'>;
type Row = DeckGroupFieldsFragment['results'][number];
type NetworkFigures = NonNullable<DeckGroupFieldsFragment['runs'][number]['networks'][number]['result']>;

/** What a row of results says beyond the contract's statistics, from just the runs that it was made of. */
export type RunFigures = {
  /** Mean entropy of its output on validation, in nats. */
  entropy: Statistic | null;
  /** Of a class left out of training: on the test split, as it is and with the bias that was chosen on validation. */
  withheld: { accuracy: Statistic | null; corrected: Statistic | null; all: Statistic | null; bias: Statistic | null } | null;
  /** Each seed's accuracy. */
  seeds: { seed: number; validationAccuracy: number | null; testAccuracy: number | null }[];
};

export type Result = Row & RunFigures;

/** A group with its results completed by what its runs say. */
export function withRunFigures<Each extends Group>(group: Each): Omit<Each, 'results'> & { results: Result[] } {
  return { ...group, results: group.results.map((result) => ({ ...result, ...runFigures(group.runs, result) })) };
}

function runFigures(all: Group['runs'], { network, runIds }: Row): RunFigures {
  const runs = all.filter(({ id }) => runIds.includes(id));
  const ofNetwork = runs.flatMap((run) => run.networks.find(({ index }) => index === network)?.result ?? []);
  const over = (read: (figures: NetworkFigures) => number | null) => summarise(ofNetwork.flatMap((figures) => read(figures) ?? []));
  if (network === null) {
    return {
      entropy: summarise(runs.flatMap(({ cohort }) => cohort?.ensembleValidationEntropy ?? [])),
      withheld: null,
      seeds: runs.map(({ seed, cohort }) => ({
        seed,
        validationAccuracy: cohort?.ensembleValidationAccuracy ?? null,
        testAccuracy: cohort?.ensembleTestAccuracy ?? null,
      })),
    };
  }
  const accuracy = over((figures) => figures.withheldAccuracy);
  return {
    entropy: over((figures) => figures.validationEntropy),
    withheld: accuracy && {
      accuracy,
      corrected: over((figures) => figures.correctedWithheldAccuracy),
      all: over((figures) => figures.correctedAccuracy),
      bias: over((figures) => figures.biasCorrection),
    },
    seeds: runs.map((run) => {
      const figures = run.networks.find(({ index }) => index === network)?.result;
      return { seed: run.seed, validationAccuracy: figures?.validationAccuracy ?? null, testAccuracy: figures?.testAccuracy ?? null };
    }),
  };
}
