import { epochRow } from '../../../api/src/testing/fleet.ts';
import { expectData } from './answers.ts';
import type { MeasuredHouse } from './house.ts';
import { OpenPages } from './pages.ts';
import { type Spread, spread } from './quantiles.ts';
import { documents } from './questions.ts';
import { beginTraining, endTraining } from './trainers.ts';

export type Subscribers = Spread & { subscribers: number; missed: number; errors: number; firstError?: string | undefined };

const withinMs = 20_000;
const commit = 'mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt } }';

/** Milliseconds from an epoch's commit being sent until the last of so many who watch the run was sent its row. */
export async function measureSubscribers(house: MeasuredHouse, subscribers: number, seconds: number): Promise<Subscribers> {
  const training = await beginTraining(house, 1);
  const [{ lease, runId }] = training as [(typeof training)[0]];
  const pages = new OpenPages(house);
  const [took, errors]: [number[], string[]] = [[], []];
  let missed = 0;
  const commitEpoch = (epoch: number) =>
    expectData(house.target.api().ask(commit, { input: { lease, epochs: [epochRow(0, epoch)], cohort: [] } }, house.target.trainerToken));
  try {
    await commitEpoch(1);
    errors.push(...(await pages.open(subscribers, documents.metricsCommitted, () => ({ id: runId, after: 0 }))));
    const until = performance.now() + seconds * 1000;
    // The first one warms.
    for (let epoch = 2; epoch <= 3 || performance.now() < until; epoch++) {
      const report = await pages.until(`"epoch":${epoch},`, withinMs, () => commitEpoch(epoch));
      errors.push(...report.errors);
      missed += subscribers - report.took.length;
      if (epoch > 2) took.push(Math.max(...report.took));
      if (errors.length + missed > 0 && performance.now() > until) break;
    }
  } finally {
    await pages.close();
    await endTraining(house, training);
  }
  return { ...spread(took), subscribers, missed, errors: errors.length, firstError: errors[0] };
}
