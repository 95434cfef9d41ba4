import type { House } from './house.ts';

/** A trainer that the test plays: it trains nothing, and reports an epoch when it is told to. */
export interface PlayedTrainer {
  /** The run that it holds. */
  runId: string;
  commit(epoch: number): Promise<void>;
  /** Ends its run for good. */
  fail(error: string): Promise<void>;
}

const dataset = {
  name: 'played',
  hash: `sha256:${'0'.repeat(64)}`,
  views: [{ name: 'image', shape: [16, 16, 3] }],
  classes: [{ name: 'a' }, { name: 'b' }],
  trainSize: 1000,
  testSize: 100,
};

/** Joins, and takes a run of so many epochs that is scheduled into an experiment for it alone. */
export async function playTrainer(house: House, experimentId: string, epochs: number): Promise<PlayedTrainer> {
  const { createToken } = await house.ask<{ createToken: { token: string } }>(
    'mutation { createToken(name: "played", role: TRAINER) { token } }',
  );
  const ask = async <Data>(query: string, variables: Record<string, unknown>): Promise<Data> => {
    const answer = await fetch(`${house.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${createToken.token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const trainer = { key: 'played by a test', name: 'played', host: 'test', device: 'none', slots: 1, version: '0' };
  const { registerTrainer } = await ask<{ registerTrainer: { trainer: { id: string } } }>(
    'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }',
    { input: { ...trainer, engines: ['compiled-cuda'], datasets: [dataset] } },
  );
  const spec = { dataset: dataset.name, networks: [{ model: 'mlp-4' }], method: { independent: {} }, training: { epochs } };
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
    { input: { experimentId, seeds: [1], execution: { engine: 'COMPILED_CUDA' }, spec } },
  );
  const { claimJob } = await ask<{ claimJob: { jobId: string; attempt: number } }>(
    'mutation ($id: ID!) { claimJob(trainerId: $id) { jobId attempt } }',
    { id: registerTrainer.trainer.id },
  );
  const lease = { jobId: claimJob.jobId, attempt: claimJob.attempt };
  return {
    runId: scheduleRuns[0]?.id ?? '',
    commit: async (epoch) => {
      const row = {
        network: 0,
        epoch,
        trainLoss: 1 / epoch,
        trainTerms: { crossEntropy: 1 / epoch },
        trainAccuracy: 1 - 0.5 / epoch,
        validationAccuracy: 1 - 0.6 / epoch,
        learningRate: 0.1,
        imagesPerSecond: 100,
        seconds: 1,
      };
      await ask('mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt } }', { input: { lease, epochs: [row] } });
    },
    fail: async (error) => {
      await ask('mutation ($input: FailJobInput!) { failJob(input: $input) }', { input: { lease, error, permanent: true } });
    },
  };
}
