import type { ChaosApi } from './api.ts';
import { until } from './until.ts';

export type Analysis = { id: string; state: string; reason: string | null; result: object | null };

const ANALYSIS = `id state reason result { figures { split network value low high } charts { key x lines { values low high } } notes }`;

/** Asks a question of a run's first network. */
export async function askOf(api: ChaosApi, runId: string, question: object): Promise<string> {
  const { askAnalysis } = await api.ask<{ askAnalysis: { analysis: { id: string } } }>(
    'mutation ($input: AskAnalysisInput!) { askAnalysis(input: $input) { analysis { id } } }',
    { input: { networks: [{ runId }], question } },
  );
  return askAnalysis.analysis.id;
}

/** Null once it was forgotten. */
export async function findAnalysis(api: ChaosApi, id: string): Promise<Analysis | null> {
  return (await api.ask<{ analysis: Analysis | null }>(`query ($id: ID!) { analysis(id: $id) { ${ANALYSIS} } }`, { id })).analysis;
}

/** Waits until the analysis is as described. */
export async function untilAnalysis(
  api: ChaosApi,
  id: string,
  condition: string,
  holds: (analysis: Analysis) => boolean,
): Promise<Analysis> {
  const found = await until(
    `analysis ${id} ${condition}`,
    () => findAnalysis(api, id),
    (analysis) => analysis === null || holds(analysis),
    60,
  );
  if (found === null) throw new Error(`there is no analysis ${id}`);
  return found;
}

/** Waits until it is under way. */
export const untilRunning = (api: ChaosApi, id: string) => untilAnalysis(api, id, 'is under way', ({ state }) => state === 'RUNNING');

/** Waits until it has ended, however. */
export const untilEnded = (api: ChaosApi, id: string) =>
  untilAnalysis(api, id, 'ends', ({ state }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state));
