import type { Tx } from '../../db.ts';
import type { Change } from '../../events/topics.ts';

/** The analysis that an ANALYSE job makes. The database holds it to be there. */
export function analysisOf({ kind, analysis_id }: { kind: string; analysis_id: string | null }): string {
  if (analysis_id === null) throw new Error(`A job of kind ${kind} is not of an analysis.`);
  return analysis_id;
}

/** Tells who watches one of the runs that it is about. */
export async function changesOf(tx: Tx, analysisId: string): Promise<Change[]> {
  const about = await tx.analysedNetwork.findMany({ where: { analysisId, runId: { not: null } }, select: { runId: true } });
  return about.flatMap(({ runId }): Change[] => (runId === null ? [] : [['analysis', runId]]));
}
