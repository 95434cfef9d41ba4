import { readWhole } from '../data/content.ts';
import { readSafetensors, SafetensorsError, type StoredTensor, type TensorFile, writeSafetensors } from '../data/safetensors.ts';
import { firstNotFinite } from '../nn/not-finite.ts';
import type { CohortState } from './cohort.ts';
import { LOWER_THE_RATE, TrainingError } from './failure.ts';
import { SCALING_STATE, type ScalingState } from './loss-scaling.ts';
import { isPermutationInput, type Permutations } from './permutations.ts';

/** Best validation so far of one network, and the weights that reached it. */
export type Best = { readonly epoch: number; readonly accuracy: number; readonly weights: Float32Array; readonly statistics: Float32Array };

/** How far a phase has come, and everything it needs to go on. */
export type PhaseState = {
  /** Whole epochs done. */
  readonly epoch: number;
  /** Sums over the steps done of the epoch under way. Where it stands in the data follows from them: all draws are named by epoch and place. */
  readonly meter: { readonly steps: number; readonly sums: readonly number[] };
  readonly state: CohortState;
  /** Those in force in the epoch under way, if features are aligned; before its first step, whatever they were. */
  readonly permutations: Permutations;
  /** Per network; null before the first evaluation, and under LAST_EPOCH. */
  readonly best: readonly (Best | null)[];
};

/** A network of a phase that has ended: the selected weights and the last ones. */
export type Finished = {
  readonly index: number;
  readonly selectedEpoch: number;
  readonly lastEpoch: number;
  readonly selected: { readonly weights: Float32Array; readonly statistics: Float32Array };
  readonly last: { readonly weights: Float32Array; readonly statistics: Float32Array };
};

export type Checkpoint = {
  /** What the state belongs to: seed, dataset hash and spec. A checkpoint of anything else is refused. */
  readonly identity: string;
  readonly phase: 'teacher' | 'cohort';
  readonly current: PhaseState;
  /** Teachers trained within the run, once they are done. */
  readonly teachers: readonly Finished[];
};

const KIND = 'studyhall-checkpoint-2';
const SLOT = 'slot.';
const SCALING = 'scaling.';

const vector = (data: Float32Array): StoredTensor => ({ shape: [data.length], data });

/** Everything needed to go on exactly where training stands. */
export const packCheckpoint = ({ identity, phase, current, teachers }: Checkpoint): Buffer => {
  const tensors: Record<string, StoredTensor> = {
    weights: vector(current.state.weights),
    statistics: vector(current.state.statistics),
  };
  for (const [name, data] of Object.entries(current.state.slots)) tensors[SLOT + name] = vector(data);
  for (const [name, data] of Object.entries(current.state.scaling ?? {})) tensors[SCALING + name] = vector(data);
  for (const [name, data] of Object.entries(current.permutations)) tensors[name] = { shape: [data.length], data };
  const store = (name: string, part: { weights: Float32Array; statistics: Float32Array }) => {
    tensors[`${name}.weights`] = vector(part.weights);
    tensors[`${name}.statistics`] = vector(part.statistics);
  };
  current.best.forEach((best, place) => {
    if (best !== null) store(`best.${place}`, best);
  });
  teachers.forEach((teacher, place) => {
    store(`teacher.${place}.selected`, teacher.selected);
    store(`teacher.${place}.last`, teacher.last);
  });
  const position = {
    phase,
    epoch: current.epoch,
    meter: current.meter,
    best: current.best.map((best) => (best === null ? null : { epoch: best.epoch, accuracy: best.accuracy })),
    teachers: teachers.map(({ index, selectedEpoch, lastEpoch }) => ({ index, selectedEpoch, lastEpoch })),
  };
  return writeSafetensors(tensors, { kind: KIND, identity, position: JSON.stringify(position) });
};

type Position = {
  phase: 'teacher' | 'cohort';
  epoch: number;
  meter: { steps: number; sums: number[] };
  best: ({ epoch: number; accuracy: number } | null)[];
  teachers: { index: number; selectedEpoch: number; lastEpoch: number }[];
};

const unpack = ({ tensors, metadata }: TensorFile, identities: readonly string[]): Checkpoint => {
  if (metadata.kind !== KIND) throw new SafetensorsError(`it is not a checkpoint of this version (${KIND})`);
  const { identity = '' } = metadata;
  if (!identities.includes(identity)) throw new SafetensorsError('it belongs to another run: seed, dataset or spec differ');
  // Written by packCheckpoint and covered by the identity above.
  const position = JSON.parse(metadata.position ?? '') as Position;
  const floats = (name: string): Float32Array => {
    const tensor = tensors[name];
    if (!(tensor?.data instanceof Float32Array)) throw new SafetensorsError(`it holds no tensor ${name}`);
    return tensor.data;
  };
  const slots = Object.keys(tensors).filter((name) => name.startsWith(SLOT));
  const permutations = Object.fromEntries(
    Object.entries(tensors).flatMap(([name, { data }]) => (isPermutationInput(name) && data instanceof Int32Array ? [[name, data]] : [])),
  );
  const isScaled = SCALING + SCALING_STATE[0] in tensors;
  const scaling = () => Object.fromEntries(SCALING_STATE.map((name) => [name, floats(SCALING + name)])) as ScalingState;
  const pair = (name: string) => ({ weights: floats(`${name}.weights`), statistics: floats(`${name}.statistics`) });
  return {
    identity,
    phase: position.phase,
    current: {
      epoch: position.epoch,
      meter: position.meter,
      state: {
        weights: floats('weights'),
        statistics: floats('statistics'),
        slots: Object.fromEntries(slots.map((name) => [name.slice(SLOT.length), floats(name)])),
        ...(isScaled && { scaling: scaling() }),
      },
      permutations,
      best: position.best.map((best, place) => (best === null ? null : { ...best, ...pair(`best.${place}`) })),
    },
    teachers: position.teachers.map((teacher, place) => ({
      ...teacher,
      selected: pair(`teacher.${place}.selected`),
      last: pair(`teacher.${place}.last`),
    })),
  };
};

/**
 * Refuses a checkpoint of a run that had gone astray before it was written: the same seed leads there again, from the start too.
 *
 * @throws TrainingError (permanent)
 */
const checkFinite = (path: string, { tensors }: TensorFile, { phase, current }: Checkpoint): void => {
  const wrong = Object.entries(tensors).find(([, { data }]) => data instanceof Float32Array && firstNotFinite(data) >= 0);
  const sum = current.meter.sums.findIndex((value) => !Number.isFinite(value));
  if (wrong === undefined && sum < 0) return;
  const what = wrong === undefined ? 'the sums of its loss terms' : wrong[0];
  throw new TrainingError(
    `the checkpoint ${path} (${phase}, after epoch ${current.epoch}) holds numbers that are not finite, in ${what}: training had failed before it was written. ${LOWER_THE_RATE}`,
    { permanent: true },
  );
};

/**
 * Reads a checkpoint of a run.
 *
 * @param identities that the run has, or had in earlier versions
 * @throws TrainingError with `discardCheckpoint` when it is missing, cut short, damaged or another run's; permanent when it holds numbers that
 * are not finite.
 */
export const readCheckpoint = async (path: string, identities: readonly string[]): Promise<Checkpoint> => {
  try {
    const file = readSafetensors(await readWhole(path));
    const checkpoint = unpack(file, identities);
    checkFinite(path, file, checkpoint);
    return checkpoint;
  } catch (error) {
    if (error instanceof TrainingError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TrainingError(`the checkpoint ${path} cannot be used: ${reason}. The run has to start from scratch`, {
      discardCheckpoint: true,
      cause: error,
    });
  }
};
