/** Rows of a run's networks and of its ensemble, epoch by epoch. */
type CurvesRun = {
  metrics: {
    epochs: readonly { network: number; epoch: number; validationAccuracy: number | null }[];
    cohort: readonly { epoch: number; ensembleValidationAccuracy: number | null }[];
  };
};

/** Which of a run's curves is drawn: a network's by its index, or the ensemble's. */
export type Member = number | 'ensemble';

/** The members that any of the runs has rows for. */
export function membersIn(runs: readonly CurvesRun[]): Member[] {
  const networks = new Set(runs.flatMap((run) => run.metrics.epochs.map((row) => row.network)));
  const ensemble = runs.some((run) => run.metrics.cohort.some((row) => row.ensembleValidationAccuracy !== null));
  return [...[...networks].toSorted((one, other) => one - other), ...(ensemble ? (['ensemble'] as const) : [])];
}

/** Validation accuracy of a member at each epoch. */
export function accuracyOf({ metrics }: CurvesRun, member: Member): (readonly [epoch: number, accuracy: number | null])[] {
  if (member === 'ensemble') return metrics.cohort.map((row) => [row.epoch, row.ensembleValidationAccuracy] as const);
  return metrics.epochs.filter((row) => row.network === member).map((row) => [row.epoch, row.validationAccuracy] as const);
}
