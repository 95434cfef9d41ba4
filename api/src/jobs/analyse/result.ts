import { checkResult } from '@studyhall/contract/analysis/check-result.ts';
import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { isStandard } from '@studyhall/contract/analysis/question.ts';
import type { AnalysisFigure } from '@studyhall/contract/analysis/result.ts';
import { isAskedByDeck } from '@studyhall/contract/deck/questions.ts';
import type { Tx } from '../../db.ts';
import { badInput } from '../../errors.ts';
import { announce } from '../../events/topics.ts';
import { groupBy } from '../../group-by.ts';
import type { HeldLease } from '../../sql/lease.ts';
import { cohort, type MeasurementRow, none, upsertMeasurements } from '../../sql/measurements.ts';
import { raiseRevision } from '../../sql/runs.ts';
import type { Finish } from '../reports.ts';
import { analysisOf } from './analysis-of.ts';

/** Stores what an analysis came to. @throws BAD_INPUT if there is no result, or one that cannot be its own. */
export async function storeResult(
  tx: Tx,
  job: HeldLease,
  { networks, cohort: together, artifacts, analysis: result }: Finish,
): Promise<void> {
  const id = analysisOf(job);
  if (networks.length > 0 || together || artifacts.length > 0)
    throw badInput('networks, cohort and artifacts belong to a run; what an analysis comes to stands in `analysis`.');
  if (!result) throw badInput('analysis: the result is missing.');
  const analysis = await tx.analysis.findUniqueOrThrow({
    where: { id },
    include: { networks: { orderBy: { position: 'asc' }, include: { run: { select: { seed: true, method: true } } } } },
  });
  const wrong = checkResult(result, analysis.networks.length);
  if (wrong) throw badInput(`analysis.${wrong.path} ${wrong.message}`);
  await tx.analysis.update({ where: { id }, data: { result: result as object } });
  const question = analysis.question as unknown as Question;
  if (!isStandard(question) && !isAskedByDeck(question)) return;
  const { networks: places } = analysis;
  const isOwn = ({ network }: AnalysisFigure) => analysis.kind !== 'EQUIVALENT_TEMPERATURE' || byTwin(places[network], places);
  await measure(tx, job, places, result.figures.filter(isOwn));
}

type Place = {
  runId: string | null;
  network: number;
  reference: boolean;
  run: { seed: number; method: string } | null;
};

/** A figure by a reference is the run's own where that is its independent twin: of each other reference it is another one. */
function byTwin(one: Place | undefined, places: readonly Place[]): boolean {
  const reference = places.find((place) => place.reference);
  return reference?.run?.method === 'INDEPENDENT' && reference.run.seed === one?.run?.seed && reference.network === one.network;
}

/** Figures of a question as it is by default, or as a preset of the deck asks it, are the runs' own. Those of two networks are, where both are of one run. */
async function measure(tx: Tx, job: HeldLease, places: readonly Place[], figures: readonly AnalysisFigure[]): Promise<void> {
  const rows = figures.flatMap((figure) => {
    const one = places[figure.network];
    const two = figure.other === null ? undefined : places[figure.other];
    if (!one?.runId || (two && two.runId !== one.runId) || two?.network === one.network) return [];
    const [network, other] = two ? [Math.min(one.network, two.network), Math.max(one.network, two.network)] : [one.network, none];
    const { measure, split, value } = figure;
    return [{ runId: one.runId, row: { epoch: 0, network, other, measure, split, value } satisfies MeasurementRow }];
  });
  for (const [runId, own] of groupBy(rows, (row) => row.runId)) {
    const kept = own.map(({ row }) => row);
    await raiseRevision(tx, runId);
    await upsertMeasurements(tx, runId, job.job_id, [...kept, ...(await ofCohort(tx, runId, kept))]);
    const { datasetId } = await tx.run.findUniqueOrThrow({ where: { id: runId }, select: { datasetId: true } });
    await announce(tx, [
      ['run', runId],
      ['leaderboard', datasetId],
    ]);
  }
}

/** Of a cohort each figure of pairs is the mean over all of its pairs: said where all of them were compared. */
async function ofCohort(tx: Tx, runId: string, rows: readonly MeasurementRow[]): Promise<MeasurementRow[]> {
  const members = await tx.network.count({ where: { runId, role: { not: 'TEACHER' } } });
  const byFigure = groupBy(
    rows.filter(({ other }) => other !== none),
    ({ measure, split }) => `${measure} ${split}`,
  );
  return [...byFigure.values()].flatMap((pairs) => {
    const [first] = pairs;
    if (!first || pairs.length !== (members * (members - 1)) / 2) return [];
    const value = pairs.reduce((sum, pair) => sum + pair.value, 0) / pairs.length;
    return [{ ...first, network: cohort, other: none, value }];
  });
}
