import { join } from 'node:path';
import { findDataset } from '../../data/catalogue.ts';
import { eager } from '../../engine/eager.ts';
import type { Engine } from '../../engine/engine.ts';
import type { TrainingResult } from '../events.ts';
import { type TrainingJob, train } from '../train.ts';
import { Recorder } from './recorder.ts';
import { makeTinyData } from './tiny-data.ts';

/** Six steps an epoch, augmented. */
export const training = { epochs: 3, batchSize: 32, learningRate: 0.1, augmentation: { flip: true, cropPadding: 1 } };

export const alone = {
  dataset: 'tiny',
  data: { validationFraction: 0.2 },
  networks: [{ model: 'mlp-8' }],
  method: { independent: {} },
  training,
};
export const pair = { ...alone, networks: [{ model: 'mlp-8' }, { model: 'mlp-6' }], method: { mutual: {} } };
export const taught = { ...alone, method: { distillation: { teachers: [{ trained: { network: { model: 'mlp-16' }, epochs: 2 } }] } } };

export type Trained = { readonly result: TrainingResult; readonly recorder: Recorder };

/** Figures and files that must not depend on interruptions. */
export const outcome = ({ result }: Trained) => ({
  networks: result.networks,
  cohort: result.cohort,
  files: result.artifacts.map(({ kind, network, file }) => [kind, network, file.sha256]),
});

/** Trains on the tiny data, each job in a folder of its own. */
export class Bench {
  readonly root: string;
  readonly remove: () => Promise<void>;
  readonly #folders: NonNullable<TrainingJob['folders']>;
  #jobs = 0;

  private constructor({ root, folders, remove }: Awaited<ReturnType<typeof makeTinyData>>) {
    this.root = root;
    this.remove = remove;
    this.#folders = folders;
  }

  static async open(): Promise<Bench> {
    return new Bench(await makeTinyData());
  }

  async datasetHash(): Promise<string> {
    return (await (await findDataset('tiny', this.#folders)).describe()).hash;
  }

  job(spec: object, rest: Partial<TrainingJob> = {}): TrainingJob {
    const workDir = join(this.root, `work-${this.#jobs++}`);
    return { spec, seed: 1, checkpointEvery: 1, teachers: [], workDir, folders: this.#folders, ...rest };
  }

  async run(
    job: TrainingJob,
    engine: Engine = eager('cpu'),
    recorder = new Recorder(),
    signal = new AbortController().signal,
  ): Promise<Trained> {
    return { result: await train(job, engine, recorder, signal), recorder };
  }
}
