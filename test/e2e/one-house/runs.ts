import type { House } from '../house.ts';

/** A group of its own for each run. */
let rate = 0.1;

/** Schedules runs that no trainer of the house can take: they wait until they are cancelled. Answers the first one. */
export async function waitingRun(house: House, more: { seeds?: number[]; note?: string; tags?: string[] } = {}): Promise<{ id: string }> {
  rate += 0.0001;
  const spec = {
    dataset: 'shapes-16',
    networks: [{ model: 'mlp-7' }],
    method: { independent: {} },
    training: { epochs: 2, learningRate: rate },
  };
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
    { input: { seeds: [1], spec, execution: { engine: 'COMPILED_CUDA' }, ...more } },
  );
  return { id: scheduleRuns[0]?.id ?? '' };
}
