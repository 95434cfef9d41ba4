import { createHash, randomUUID } from 'node:crypto';
import type { TestApi } from './api.ts';

/** A dataset as a trainer announces it. */
export const shapes = {
  name: 'shapes-16',
  hash: `sha256:${'a'.repeat(64)}`,
  views: [
    { name: 'rgb', shape: [16, 16, 3] },
    { name: 'depth', shape: [16, 16, 1] },
  ],
  classes: Array.from({ length: 20 }, (_, i) => ({ name: `class ${i}`, superclass: `family ${i % 5}` })),
  trainSize: 4000,
  testSize: 1000,
};

/** What a claim says of the run to be trained. */
type TrainPart = {
  runId: string;
  seed: number;
  spec: { networks: unknown[]; training: { epochs: number } };
  teachers: { runId: string; network: number; sha256: string; path: string }[];
};

export type TestClaim = TrainPart & {
  jobId: string;
  attempt: number;
  stallSeconds: number;
  checkpoint: { epoch: number; teacherEpoch: number | null; sha256: string } | null;
};

export type MoreResults = { networks?: readonly object[]; cohort?: object; artifacts?: readonly object[] };

/** Speaks to the API as a trainer does, without training. */
export class TestTrainer {
  readonly #api: TestApi;
  readonly id: string;

  private constructor(api: TestApi, id: string) {
    this.#api = api;
    this.id = id;
  }

  static async join(api: TestApi, changes: object = {}): Promise<TestTrainer> {
    const input = {
      key: randomUUID(),
      name: 'bench',
      host: 'localhost',
      engines: ['compiled-cpu', 'reference'],
      device: 'test',
      slots: 2,
      version: '0.1.0',
      datasets: [shapes],
      ...changes,
    };
    const { registerTrainer } = await api.get<{ registerTrainer: { trainer: { id: string } } }>(
      'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }',
      { input },
      api.trainerToken,
    );
    return new TestTrainer(api, registerTrainer.trainer.id);
  }

  /** @param claimId asked again under it, the same lease comes back */
  async claim(claimId?: string): Promise<TestClaim | null> {
    const { claimJob } = await this.#api.get<{ claimJob: (Omit<TestClaim, keyof TrainPart> & { train: TrainPart }) | null }>(
      `mutation ($id: ID!, $claimId: ID) { claimJob(trainerId: $id, claimId: $claimId) {
        jobId attempt stallSeconds checkpoint { epoch teacherEpoch sha256 }
        train { runId seed spec teachers { runId network sha256 path } } } }`,
      { id: this.id, claimId },
      this.#api.trainerToken,
    );
    if (!claimJob) return null;
    const { train, ...job } = claimJob;
    return { ...job, ...train };
  }

  async claimOrFail(): Promise<TestClaim> {
    const claim = await this.claim();
    if (!claim) throw new Error('There was no job to claim.');
    return claim;
  }

  /** Stores bytes. @returns their SHA-256. */
  async upload(bytes: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const response = await fetch(`${this.#api.url}/artifacts/${sha256}`, {
      method: 'PUT',
      body: bytes,
      headers: { authorization: `Bearer ${this.#api.trainerToken}` },
    });
    if (!response.ok) throw new Error(await response.text());
    return sha256;
  }

  commit(claim: TestClaim, input: object) {
    return this.#api.ask<{ commitEpochs: { cancelRequested: boolean } }>(
      'mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt cancelRequested } }',
      { input: { lease: leaseOf(claim), epochs: [], cohort: [], ...input } },
      this.#api.trainerToken,
    );
  }

  /** Commits rows of these epochs for every network, with a checkpoint after the last. */
  async commitTo(claim: TestClaim, epochs: readonly number[], networks = claim.spec.networks.length): Promise<string> {
    const sha256 = await this.upload(`state of ${claim.runId} after epoch ${epochs.at(-1)}`);
    const rows = epochs.flatMap((epoch) => Array.from({ length: networks }, (_, network) => epochRow(network, epoch)));
    const { errors } = await this.commit(claim, { epochs: rows, checkpoint: { epoch: epochs.at(-1), sha256 } });
    if (errors) throw new Error(JSON.stringify(errors));
    return sha256;
  }

  /** @param more of each network's results and of the cohort's, and further artifacts */
  async finish(claim: TestClaim, accuracies: readonly number[], ensemble?: number, more: MoreResults = {}) {
    const { epochs } = claim.spec.training;
    const artifacts = await Promise.all(
      accuracies.map(async (_, network) => ({
        kind: 'SELECTED_WEIGHTS',
        network,
        epoch: epochs,
        sha256: await this.upload(`weights of ${claim.runId} ${network}`),
      })),
    );
    return this.#api.ask<{ finishJob: boolean }>(
      'mutation ($input: FinishJobInput!) { finishJob(input: $input) }',
      {
        input: {
          lease: leaseOf(claim),
          networks: accuracies.map((accuracy, index) => ({
            index,
            selectedEpoch: epochs,
            validationAccuracy: accuracy,
            testAccuracy: accuracy - 0.01,
            trainAccuracy: 0.99,
            ...more.networks?.[index],
          })),
          cohort:
            ensemble === undefined ? null : { ensembleValidationAccuracy: ensemble, ensembleTestAccuracy: ensemble - 0.01, ...more.cohort },
          artifacts: [...artifacts, ...(more.artifacts ?? [])],
        },
      },
      this.#api.trainerToken,
    );
  }

  /** Trains a claimed run from its start to its end. */
  async complete(claim: TestClaim, accuracies: readonly number[], ensemble?: number, more: MoreResults = {}): Promise<void> {
    const all = Array.from({ length: claim.spec.training.epochs }, (_, i) => i + 1);
    await this.commitTo(claim, all, accuracies.length);
    const { errors } = await this.finish(claim, accuracies, ensemble, more);
    if (errors) throw new Error(JSON.stringify(errors));
  }

  fail(claim: TestClaim, input: object = {}) {
    return this.#api.ask<{ failJob: boolean }>(
      'mutation ($input: FailJobInput!) { failJob(input: $input) }',
      { input: { lease: leaseOf(claim), error: 'It broke.', ...input } },
      this.#api.trainerToken,
    );
  }

  handBack(claim: TestClaim) {
    return this.#api.ask<{ handBackJob: boolean }>(
      'mutation ($input: HandBackJobInput!) { handBackJob(input: $input) }',
      { input: { lease: leaseOf(claim), reason: 'redeploy' } },
      this.#api.trainerToken,
    );
  }

  renew(claim: TestClaim, progress?: object) {
    return this.#api.ask<{ renewLease: { cancelRequested: boolean } }>(
      'mutation ($input: RenewLeaseInput!) { renewLease(input: $input) { expiresAt cancelRequested } }',
      { input: { lease: leaseOf(claim), progress } },
      this.#api.trainerToken,
    );
  }
}

export const leaseOf = ({ jobId, attempt }: TestClaim) => ({ jobId, attempt });

/** A row that could be true. */
export function epochRow(network: number, epoch: number, changes: object = {}) {
  return {
    network,
    epoch,
    trainLoss: 2 / epoch,
    trainTerms: { crossEntropy: 2 / epoch },
    trainAccuracy: 0.5,
    validationAccuracy: 0.4,
    validationLoss: 1.5,
    learningRate: 0.05,
    imagesPerSecond: 1000,
    seconds: 1.5,
    ...changes,
  };
}

/** Schedules runs as a person does. @returns their ids. */
export async function schedule(api: TestApi, spec: object, seeds: readonly number[] = [1], more: object = {}): Promise<string[]> {
  const { scheduleRuns } = await api.get<{ scheduleRuns: { id: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
    { input: { spec, seeds, ...more } },
    api.key,
  );
  return scheduleRuns.map(({ id }) => id);
}

/** The smallest spec there is, with three epochs. */
export const smallSpec = {
  dataset: 'shapes-16',
  networks: [{ model: 'cnn' }],
  method: { independent: {} },
  training: { epochs: 3 },
};
