import { parseModelName } from '@studyhall/contract/spec/model-name.ts';
import type { Network } from '../../nn/network.ts';

/** Where a group's neurons lie in a tensor: along that axis, from that place on. */
export type Slot = { readonly tensor: string; readonly axis: number; readonly from: number };

/**
 * Neurons that may be reordered together without changing what the network computes: the tensors that write them, and those that read
 * them. `seen`: the layers whose activations they are.
 */
export type Group = {
  readonly name: string;
  readonly size: number;
  readonly slots: readonly Slot[];
  readonly seen: readonly { readonly layer: string; readonly from: number }[];
};

const slot = (tensor: string, axis: number, from = 0): Slot => ({ tensor, axis, from });
const convolved = (name: string, from = 0): Slot => slot(`${name}.weight`, 3, from);
const reads = (name: string, from = 0): Slot => slot(`${name}.weight`, 2, from);
const norm = (name: string, from = 0): Slot[] => ['scale', 'shift', 'mean', 'variance'].map((part) => slot(`${name}.${part}`, 0, from));
const classified = (from = 0): Slot => slot('classifier.weight', 0, from);

const mlp = (widths: readonly number[]): Group[] =>
  widths.map((size, index) => {
    const next = index + 1 < widths.length ? slot(`hidden.${index + 1}.weight`, 0) : classified();
    const slots = [slot(`hidden.${index}.weight`, 1), slot(`hidden.${index}.bias`, 0), next];
    return { name: `hidden.${index}`, size, slots, seen: [{ layer: `hidden.${index}`, from: 0 }] };
  });

const cnn = (width: number): Group[] =>
  [width, 2 * width, 4 * width].map((size, index) => {
    const name = `block.${index}`;
    const next = index < 2 ? reads(`block.${index + 1}.convolution`) : classified();
    return { name, size, slots: [convolved(`${name}.convolution`), ...norm(`${name}.norm`), next], seen: [{ layer: name, from: 0 }] };
  });

/** Of one block the neurons between its two convolutions. */
const inner = (name: string, size: number, normed: string): Group => ({
  name: `${name}.inner`,
  size,
  slots: [convolved(`${name}.convolution.0`), ...norm(`${name}.norm.${normed}`), reads(`${name}.convolution.1`)],
  seen: [{ layer: `${name}.inner`, from: 0 }],
});

const STAGES = [0, 1, 2];

/**
 * With option A a stage's channels are the next one's first channels: what permutes them goes on through all later stages. So the residual
 * stream falls into three parts, the channels that begin with each stage, and each is permuted as a whole, wherever it is written or read.
 */
const resnet = (blocks: number, width: number): Group[] => {
  const channels = STAGES.map((stage) => 16 * width * 2 ** stage);
  const name = (stage: number, index: number) => `stage.${stage}.block.${index}`;
  const streams = STAGES.map((part): Group => {
    const from = part === 0 ? 0 : (channels[part - 1] as number);
    const within = STAGES.filter((stage) => stage >= part);
    const written = within.flatMap((stage) =>
      Array.from({ length: blocks }, (_, index) => [
        convolved(`${name(stage, index)}.convolution.1`, from),
        ...norm(`${name(stage, index)}.norm.1`, from),
      ]).flat(),
    );
    const read = within.flatMap((stage) => [
      ...Array.from({ length: blocks - 1 }, (_, index) => reads(`${name(stage, index + 1)}.convolution.0`, from)),
      stage === 2 ? classified(from) : reads(`${name(stage + 1, 0)}.convolution.0`, from),
    ]);
    // The first block of the first stage reads the stem's own channels.
    const stem = part === 0 ? [convolved('stem.convolution'), ...norm('stem.norm'), reads(`${name(0, 0)}.convolution.0`)] : [];
    const seen = within.flatMap((stage) => Array.from({ length: blocks }, (_, index) => ({ layer: name(stage, index), from })));
    return {
      name: `stream.${part}`,
      size: (channels[part] as number) - from,
      slots: [...stem, ...written, ...read],
      seen: part === 0 ? [{ layer: 'stem', from: 0 }, ...seen] : seen,
    };
  });
  const inners = STAGES.flatMap((stage) =>
    Array.from({ length: blocks }, (_, index) => inner(name(stage, index), channels[stage] as number, '0')),
  );
  return [...streams, ...inners];
};

/**
 * The groups of neurons of a network whose order means nothing; null for an architecture of which they are not known.
 */
export const structureOf = ({ model }: Network): Group[] | null => {
  const parsed = parseModelName(model);
  if (typeof parsed === 'string') return null;
  if (parsed.family === 'mlp') return mlp(parsed.widths);
  if (parsed.family === 'cnn') return cnn(parsed.width);
  if (parsed.family === 'resnet') return resnet((parsed.depth - 2) / 6, parsed.width);
  return null;
};
