import { createHash, randomUUID } from 'node:crypto';
import type { TestApi } from './api.ts';
import type { House, TestClaim } from './house.ts';
import { overHttp } from './over-http.ts';

export type { TestClaim };

const houseOf = (asked: House | TestApi): House => ('url' in asked ? overHttp(asked) : asked);

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

export type MoreResults = { networks?: readonly object[]; cohort?: object; artifacts?: readonly object[] };

/** Speaks to the house as a trainer does, without training. */
export class TestTrainer {
  readonly #house: House;
  readonly id: string;

  private constructor(house: House, id: string) {
    this.#house = house;
    this.id = id;
  }

  static async join(asked: House | TestApi, changes: object = {}): Promise<TestTrainer> {
    const house = houseOf(asked);
    const id = await house.registerTrainer({
      key: randomUUID(),
      name: 'bench',
      host: 'localhost',
      engines: ['compiled-cpu', 'reference'],
      device: 'test',
      slots: 2,
      version: '0.1.0',
      datasets: [shapes],
      ...changes,
    });
    return new TestTrainer(house, id);
  }

  /** @param claimId asked again under it, the same lease comes back */
  claim(claimId?: string): Promise<TestClaim | null> {
    return this.#house.claimJob(this.id, claimId);
  }

  async claimOrFail(): Promise<TestClaim> {
    const claim = await this.claim();
    if (!claim) throw new Error('There was no job to claim.');
    return claim;
  }

  /** Stores bytes. @returns their SHA-256. */
  async upload(bytes: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.#house.upload(sha256, bytes);
    return sha256;
  }

  commit(claim: TestClaim, input: object) {
    return this.#house.report('commitEpochs', { lease: leaseOf(claim), epochs: [], cohort: [], ...input });
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
    return this.#house.report('finishJob', {
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
    });
  }

  /** Trains a claimed run from its start to its end. */
  async complete(claim: TestClaim, accuracies: readonly number[], ensemble?: number, more: MoreResults = {}): Promise<void> {
    const all = Array.from({ length: claim.spec.training.epochs }, (_, i) => i + 1);
    await this.commitTo(claim, all, accuracies.length);
    const { errors } = await this.finish(claim, accuracies, ensemble, more);
    if (errors) throw new Error(JSON.stringify(errors));
  }

  fail(claim: TestClaim, input: object = {}) {
    return this.#house.report('failJob', { lease: leaseOf(claim), error: 'It broke.', ...input });
  }

  handBack(claim: TestClaim) {
    return this.#house.report('handBackJob', { lease: leaseOf(claim), reason: 'redeploy' });
  }

  renew(claim: TestClaim, progress?: object) {
    return this.#house.report('renewLease', { lease: leaseOf(claim), progress });
  }

  reportLog(claim: TestClaim, lines: readonly { key: number; text: string }[]) {
    return this.#house.report('reportLog', {
      lease: leaseOf(claim),
      lines: lines.map((line) => ({ at: new Date(), level: 'INFO', ...line })),
    });
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
export function schedule(asked: House | TestApi, spec: object, seeds: readonly number[] = [1], more: object = {}): Promise<string[]> {
  return houseOf(asked).scheduleRuns({ spec, seeds, ...more });
}

/** The smallest spec there is, with three epochs. */
export const smallSpec = {
  dataset: 'shapes-16',
  networks: [{ model: 'cnn' }],
  method: { independent: {} },
  training: { epochs: 3 },
};
