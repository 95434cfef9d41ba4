import type { Spread } from '@studyhall/contract/statistics/spread.ts';
import type { DeckGroupFieldsFragment } from '@/generated/graphql.ts';

type Row = DeckGroupFieldsFragment['results'][number];
type Group = Pick<DeckGroupFieldsFragment, 'runs' | 'results'>;

/** What a row of results says beyond the contract's own statistics: of its measurements, and of just the runs that it was made of. */
export type RunFigures = {
  /** Test accuracy on all images with the bias that a withheld class's logit was given. */
  correctedAccuracy: Spread | null;
  /** Each seed's accuracy. */
  seeds: { seed: number; validationAccuracy: number | null; testAccuracy: number | null }[];
};

export type Result = Row & RunFigures;

/** A group with its results completed by what its runs say. */
export function withRunFigures<Each extends Group>(group: Each): Omit<Each, 'results'> & { results: Result[] } {
  return { ...group, results: group.results.map((result) => ({ ...result, ...runFigures(group.runs, result) })) };
}

function runFigures(all: Group['runs'], { network, runIds, measurements }: Row): RunFigures {
  const runs = all.filter(({ id }) => runIds.includes(id));
  const corrected = measurements.find(({ measure, split }) => measure.name === 'correctedAccuracy' && split === 'TEST');
  const correctedAccuracy = corrected?.statistic ?? null;
  if (network === null) {
    return {
      correctedAccuracy,
      seeds: runs.map(({ seed, cohort }) => ({
        seed,
        validationAccuracy: cohort?.ensembleValidationAccuracy ?? null,
        testAccuracy: cohort?.ensembleTestAccuracy ?? null,
      })),
    };
  }
  const figures = runs.map((run) => ({ seed: run.seed, ...run.networks.find(({ index }) => index === network)?.result }));
  return {
    correctedAccuracy,
    seeds: figures.map(({ seed, validationAccuracy = null, testAccuracy = null }) => ({ seed, validationAccuracy, testAccuracy })),
  };
}
