import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { traceStep } from '../engine/compiled/trace-step.ts';
import { methodFrom } from '../methods/testing/method-from.ts';
import { parseModel } from '../nn/models.ts';
import { optimizerOf } from './optimizer.ts';
import { stepSignature, trainingStep } from './step.ts';

const { onnx } = createRequire(import.meta.url)('onnx-proto') as typeof import('onnx-proto');

/** Nodes of a cohort's training step on 32 × 32 pictures, for a CPU of 16 channels per block. */
const nodesOf = (models: readonly string[], settings: object) => {
  const members = models.map((model, index) => ({ index, view: 'image', network: parseModel(model)([32, 32, 3], 10) }));
  const optimizer = optimizerOf({ sgd: { momentum: 0.9, nesterov: true, weightDecay: 5e-4 } });
  const plan = { members, teachers: [], method: methodFrom(settings), optimizer, batchSize: 8 };
  const { model: bytes } = traceStep('step', stepSignature(plan), trainingStep(plan), { block: 16, views: true });
  return onnx.ModelProto.decode(bytes).graph?.node ?? [];
};

const count = (nodes: ReturnType<typeof nodesOf>, op: string) => nodes.filter(({ opType }) => opType === op).length;

describe('the layout of activations in a training step', () => {
  it.each(['cnn-16', 'resnet-8', 'wrn-10-2', 'mobilenet-0.5'])('%s: channels in blocks from the first convolution to the last', (model) => {
    const nodes = nodesOf([model], { independent: {} });
    const convolutions = nodes.filter(({ opType }) => opType === 'Conv');
    expect(convolutions.length).toBeGreaterThan(8);
    expect(convolutions.filter(({ domain }) => domain !== 'com.microsoft.nchwc')).toEqual([]);
    expect(count(nodes, 'ReorderOutput')).toBe(0);
    expect(count(nodes, 'ConvTranspose')).toBe(0);
  });
});

describe('a pair in one graph', () => {
  const convolutions = (models: readonly string[], settings: object) => count(nodesOf(models, settings), 'Conv');

  it('computes each network once when updates are simultaneous, though its outputs are written down as a peer’s too', () => {
    const one = convolutions(['cnn-16'], { independent: {} });
    expect(convolutions(['cnn-16', 'cnn-16'], { mutual: { update: 'SIMULTANEOUS' } })).toBe(2 * one);
  });

  it('and the first network’s outputs anew after its update when they are alternating: three convolutions with their norms', () => {
    const simultaneous = convolutions(['cnn-16', 'cnn-16'], { mutual: { update: 'SIMULTANEOUS' } });
    const again = convolutions(['cnn-16', 'cnn-16'], { mutual: { update: 'ALTERNATING' } }) - simultaneous;
    expect(again).toBeGreaterThanOrEqual(3);
    expect(again).toBeLessThan(convolutions(['cnn-16'], { independent: {} }) / 2);
  });
});
