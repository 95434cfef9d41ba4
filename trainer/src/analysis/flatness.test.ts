import { describe, expect, it } from 'vitest';
import type { Layer } from '../nn/layer.ts';
import { dense, flatten } from '../nn/layers.ts';
import { assemble } from '../nn/network.ts';
import { bandOf, crossing } from './band.ts';
import { filterScale } from './filter-scale.ts';
import { disturb, flatness, halfway } from './flatness.ts';
import { analysedOf, networkOf, predictor, tinyData } from './testing/tiny.ts';

const options = { sigmas: [0.05, 0.2, 0.5, 1, 2], draws: 40, scale: 'ABSOLUTE', batchNorm: 'KEPT', samples: 100, seed: 1 } as const;

/** logits = x·W + b and nothing else. */
const linear = () => {
  const flat = flatten([4, 4, 1]);
  const nothing: Layer = { parameters: [], statistics: [], multiplyAdds: 0, outputShape: [16], apply: (_pass, x) => x };
  return assemble('linear', [4, 4, 1], 2, { lower: flat, upper: nothing, classifier: dense('classifier', 16, 2, 1) });
};

/** Φ, by Abramowitz & Stegun 7.1.26: within 1.5e-7. */
const normalBelow = (z: number): number => {
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2));
  const erf = 1 - ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-(z * z) / 2);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
};

describe('flatness', () => {
  it('of a linear model is what the closed form says: Φ of the margin over the noise that reaches it', async () => {
    // The class is the sign of the first pixel, and so are the weights: the margin of x is 2·|x₀|.
    const data = tinyData();
    const network = linear();
    const weights = new Float32Array(network.parameterCount);
    weights[0] = -1;
    weights[1] = 1;
    const analysed = analysedOf(network, 1, { weights });
    const predict = predictor();
    const { charts } = await flatness({ networks: [analysed], reference: null }, predict, data, options);
    await predict.dispose();

    // What the network sees is normalised by the training split.
    const batch = data.trainReader.allocate(48, ['pixels']);
    data.trainReader.read(
      Int32Array.from({ length: 32 }, (_, k) => k),
      0,
      batch,
    );
    const seen = batch['images.pixels'] as Float32Array;
    const expected = (sigma: number) => {
      let sum = 0;
      for (let k = 0; k < 32; k++) {
        const x = seen.subarray(k * 16, (k + 1) * 16);
        const label = data.dataset.train.labels[k] === 1 ? 1 : -1;
        const norm = x.reduce((total, value) => total + value * value, 0);
        sum += normalBelow((label * 2 * (x[0] as number)) / (sigma * Math.sqrt(2 * (norm + 1))));
      }
      return sum / 32;
    };
    const accuracy = charts.find(({ key }) => key === 'accuracy');
    expect(accuracy?.x.values).toEqual([0, ...options.sigmas]);
    const line = accuracy?.lines.find(({ split }) => split === 'TRAIN');
    for (const [k, sigma] of options.sigmas.entries()) expect(line?.values[k + 1]).toBeCloseTo(expected(sigma), 1);
  });

  it('compiles one program for both splits of equal size, whatever the number of draws', async () => {
    const data = tinyData();
    const predict = predictor();
    const network = analysedOf(networkOf('cnn-2'));
    await flatness({ networks: [network], reference: null }, predict, data, {
      ...options,
      sigmas: [0.1, 0.2],
      draws: 3,
      samples: 16,
      batchNorm: 'REESTIMATED',
    });
    expect(predict.compiled).toBe(2);
    await predict.dispose();
  });

  it('re-estimated statistics undo what noise does to the scale before batch norm; kept ones do not', async () => {
    const data = tinyData();
    const predict = predictor();
    const network = analysedOf(networkOf('cnn-2'));
    const scores = async (batchNorm: 'KEPT' | 'REESTIMATED') =>
      (await flatness({ networks: [network], reference: null }, predict, data, { ...options, sigmas: [1], draws: 2, batchNorm })).charts;
    const [kept, anew] = [await scores('KEPT'), await scores('REESTIMATED')];
    await predict.dispose();
    expect(kept[1]?.lines[0]?.values[1]).not.toBe(anew[1]?.lines[0]?.values[1]);
    expect(kept[1]?.lines[0]?.values[0]).toBe(anew[1]?.lines[0]?.values[0]);
  });

  it('gives equal noise for equal seed and draw, of size σ times the scale', () => {
    const weights = new Float32Array(4000);
    const noise = disturb(weights, null, 0.5, 3, 1);
    expect(disturb(weights, null, 0.5, 3, 1)).toEqual(noise);
    expect(disturb(weights, null, 0.5, 3, 2)).not.toEqual(noise);
    const size = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(size(noise)).toBeCloseTo(0.5, 1);
    expect(
      size(
        disturb(
          weights,
          weights.map(() => 2),
          0.5,
          3,
          1,
        ),
      ),
    ).toBeCloseTo(2 * size(noise), 5);
  });

  it('takes as the scale of a weight the root mean square of its filter', () => {
    const network = networkOf('mlp-2');
    const weights = new Float32Array(network.parameterCount);
    // hidden.0.weight [16, 2]: filter 0 holds 3 throughout, filter 1 one 4 among zeros.
    for (let input = 0; input < 16; input++) weights[input * 2] = 3;
    weights[1] = 4;
    const scale = filterScale(network, weights);
    expect([scale[0], scale[1], scale[30], scale[31]]).toEqual([3, 1, 3, 1]);
  });

  it('names the σ at which accuracy has fallen halfway to chance, and none where it does not', () => {
    expect(crossing([1, 2, 3], [0.9, 0.7, 0.5], 0.8, 1)).toBeCloseTo(1.5, 12);
    expect(crossing([1, 2], [0.9, 0.85], 0.8, 1)).toBeNull();
    expect(halfway([1, 2], [[0.9], [0.5]], 1, 0.5)).toEqual({ mean: 1.375, low: 1.375, high: 1.375 });
    expect(
      halfway(
        [1, 2],
        [
          [0.9, 0.9],
          [0.5, 0.8],
        ],
        1,
        0.5,
      ),
    ).toBeNull();
    expect(halfway([1], [[0.4]], 0.5, 0.5)).toBeNull();
  });

  it('gives bands by Student’s t', () => {
    const band = bandOf([1, 2, 3]);
    expect(band?.mean).toBe(2);
    expect((band?.high ?? 0) - 2).toBeCloseTo(4.302653 / Math.sqrt(3), 4);
    expect(bandOf([1, Number.NaN])).toBeNull();
  });

  it('adaptive sharpness is the rise of the loss under noise of a tenth of each weight: none where no weight is', async () => {
    const predict = predictor();
    const data = tinyData();
    const network = linear();
    const weights = new Float32Array(network.parameterCount);
    const adaptive = { ...options, sigmas: [0.05, 0.1], scale: 'WEIGHT' } as const;
    const figuresOf = async (own: Float32Array) =>
      (await flatness({ networks: [analysedOf(network, 1, { weights: own })], reference: null }, predict, data, adaptive)).figures;
    // Two classes as likely, whatever the draw.
    expect((await figuresOf(weights)).map(({ measure, value }) => [measure, value])).toEqual([
      ['adaptiveSharpness', 0],
      ['adaptiveSharpness', 0],
    ]);
    weights[0] = -10;
    weights[1] = 10;
    const [train] = await figuresOf(weights);
    const sample = {
      split: 'TRAIN',
      indices: Int32Array.from({ length: 32 }, (_, k) => k),
      labels: data.dataset.train.labels.slice(0, 32),
      reader: data.trainReader,
    } as const;
    const lossOf = async (own: Float32Array) => {
      const logits = await predict.logits(analysedOf(network, 1, { weights: own }), sample);
      return (
        sample.labels.reduce(
          (sum, label, k) => sum + Math.log1p(Math.exp((logits[2 * k + 1 - label] as number) - (logits[2 * k + label] as number))),
          0,
        ) / 32
      );
    };
    const clean = await lossOf(weights);
    let rise = 0;
    for (let draw = 0; draw < options.draws; draw++) rise += (await lossOf(disturb(weights, weights.map(Math.abs), 0.1, 1, draw))) - clean;
    expect(train?.value).toBeCloseTo(rise / options.draws, 6);
    await predict.dispose();
  });
});
