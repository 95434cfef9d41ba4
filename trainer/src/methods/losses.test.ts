import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { distance, softmax, valueAndGradients, zip } from '../objectives/testing/gradients.ts';
import type { Method } from './method.ts';
import { methodFrom } from './testing/method-from.ts';

// Three samples, four classes; the label of the last is not used.
const own = [
  [0.5, -1, 0.2, 1],
  [2, 0.1, -0.3, 0],
  [0, 1, -2, 0.7],
];
const peers = [
  [
    [1, 0, -1, 0.3],
    [0.2, 0.9, 0, -1],
    [-1, 0.4, 1, 2],
  ],
  [
    [0, 3, 0.1, -0.2],
    [-0.4, 0, 1.5, 1],
    [0.6, 0, 0, -3],
  ],
];
const teachers = [
  [
    [3, -1, 0, 0.5],
    [0, 2, 1, -2],
    [1, 1.5, 0, 0],
  ],
  [
    [0.4, 0, 2, -1],
    [1, -1, 0, 3],
    [-0.5, 0, 0.2, 2.5],
  ],
];
const labels = [1, 0, 2];
const weights = [1, 1, 0];

type Matrix = number[][];
const soft = (logits: Matrix, temperature = 1): Matrix => logits.map((row) => softmax(row, temperature));
const oneHot = (classes: readonly number[]): Matrix => classes.map((label) => [0, 1, 2, 3].map((c) => (c === label ? 1 : 0)));
const hardest = (logits: Matrix): Matrix => oneHot(logits.map((row) => row.indexOf(Math.max(...row))));
const meanOf = (matrices: readonly Matrix[]): Matrix =>
  matrices.reduce((sum, matrix) => zip(sum, matrix, (a, b) => a + b)).map((row) => row.map((x) => x / matrices.length));
const times = (matrix: Matrix, factor: number): Matrix => matrix.map((row) => row.map((x) => factor * x));
const sum = (...matrices: Matrix[]): Matrix => matrices.reduce((a, b) => zip(a, b, (x, y) => x + y));
const minus = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x - y);

/** Of the mean over the labelled samples, and of the mean over the batch of what pulls p to a target at temperature T. */
const labelGradient = minus(soft(own), oneHot(labels)).map((row, i) => row.map((x) => (x * (weights[i] as number)) / 2));
const pull = (target: Matrix, temperature = 1) => times(minus(soft(own, temperature), target), 1 / (temperature * own.length));
const penaltyGradient = soft(own).map((p) => {
  const entropy = -p.reduce((total, x) => total + x * Math.log(x), 0);
  return p.map((x) => (x * (Math.log(x) + entropy)) / own.length);
});
const peerMean = (temperature = 1) => meanOf(peers.map((logits) => soft(logits, temperature)));
const teacherMean = (temperature = 1) => meanOf(teachers.map((logits) => soft(logits, temperature)));

const taught = { teachers: [{ run: { runId: 'a' } }, { run: { runId: 'b' } }] };
const hard = meanOf(teachers.map(hardest));

/** The gradient of each method's loss in closed form: softmax − target and its relatives. */
const CASES: [title: string, method: object, gradient: Matrix][] = [
  ['independent', { independent: {} }, labelGradient],
  [
    'distillation: (1 − a)·(p − y) + a·T²·(p^T − mean p_t^T)/T',
    { distillation: { ...taught, temperature: 3, weight: 0.7 } },
    sum(times(labelGradient, 0.3), times(pull(teacherMean(3), 3), 0.7 * 9)),
  ],
  [
    'distillation without T²',
    { distillation: { ...taught, temperature: 3, weight: 0.7, scaleByTemperatureSquared: false } },
    sum(times(labelGradient, 0.3), times(pull(teacherMean(3), 3), 0.7)),
  ],
  ['distillation by the teacher alone', { distillation: { ...taught, temperature: 1, weight: 1 } }, pull(teacherMean())],
  [
    'distillation of hard targets',
    { distillation: { ...taught, target: 'HARD', weight: 0.5 } },
    sum(times(labelGradient, 0.5), times(pull(hard), 0.5)),
  ],
  ['mutual: (p − y) + (p − mean p_j)', { mutual: {} }, sum(labelGradient, pull(peerMean()))],
  [
    'mutual, strategy 2: the same as strategy 1',
    { mutual: { target: 'ENSEMBLE_PROBABILITIES', temperature: 2, weight: 0.5 } },
    sum(labelGradient, times(pull(peerMean(2), 2), 0.5 * 4)),
  ],
  [
    'mutual towards the mean logits',
    { mutual: { target: 'ENSEMBLE_LOGITS', temperature: 2, scaleByTemperatureSquared: false } },
    sum(labelGradient, pull(soft(meanOf(peers), 2), 2)),
  ],
  ['mutual without labels', { mutual: { labelWeight: 0, weight: 2 } }, times(pull(peerMean()), 2)],
  ['mutual of weight 0', { mutual: { labelWeight: 3, weight: 0 } }, times(labelGradient, 3)],
  [
    'mutual with teachers',
    { mutual: { labelWeight: 0.5, temperature: 2, teaching: { ...taught, temperature: 3, weight: 0.2 } } },
    sum(times(labelGradient, 0.5), times(pull(peerMean(2), 2), 4), times(pull(teacherMean(3), 3), 0.2 * 9)),
  ],
  [
    'mutual with hard teachers and no labels: the cross-modal cohort',
    { mutual: { labelWeight: 0, teaching: { ...taught, target: 'HARD', weight: 2 } } },
    sum(pull(peerMean()), times(pull(hard), 2)),
  ],
  [
    'mutual with features: + γ·2·(f − mean f_j) / N',
    { mutual: { weight: 0, features: { weight: 0.5 } } },
    sum(labelGradient, times(minus(own, meanOf(peers)), (0.5 * 2) / 12)),
  ],
  [
    'confidence penalty: (p − y) + β·p·(log p + H)',
    { confidencePenalty: { weight: 0.4 } },
    sum(labelGradient, times(penaltyGradient, 0.4)),
  ],
];

const outputs = (logits: tf.Tensor) => ({ logits, middle: logits, last: logits });

/** Loss and gradients with respect to the own logits, both peers' and both teachers'. */
const evaluate = (method: Method) =>
  valueAndGradients(
    (z, ...others) => {
      const terms = method.losses(outputs(z), {
        targets: tf.tensor2d(oneHot(labels)),
        sampleWeights: tf.tensor1d(weights),
        peers: method.coupling === 'none' ? [] : others.slice(0, 2).map(outputs),
        permutations: [],
        teachers: method.teachers.length === 0 ? [] : others.slice(2),
      });
      expect(Object.keys(terms)).toEqual(method.terms);
      const untouched = others.map((other) => tf.mul(tf.sum(other), 0));
      return [...Object.values(terms), ...untouched].reduce<tf.Tensor>((a, b) => tf.add(a, b), tf.scalar(0)) as tf.Scalar;
    },
    own,
    ...peers,
    ...teachers,
  );

describe('the loss of a method', () => {
  it.each(CASES)('%s has the gradient of its closed form', (_title, settings, expected) => {
    const { gradients } = evaluate(methodFrom(settings));
    expect(distance(gradients[0] as Matrix, expected)).toBeLessThan(2e-6);
  });

  it.each(CASES)('%s lets no gradient flow into peers and teachers', (_title, settings) => {
    const { gradients } = evaluate(methodFrom(settings));
    expect(gradients.length).toBe(5);
    for (const gradient of gradients.slice(1)) expect(gradient.flat().every((x) => x === 0)).toBe(true);
  });
});

describe('the value of a term', () => {
  const kl = (p: Matrix, q: Matrix) =>
    zip(p, q, (x, y) => x * Math.log(x / y))
      .flat()
      .reduce((a, b) => a + b, 0) / p.length;

  it('is summed over classes, averaged over the batch and over the teachers, and weighted as it enters the loss', () => {
    const teaching = { ...taught, temperature: 3, weight: 0.2 };
    const method = methodFrom({ mutual: { labelWeight: 0, temperature: 2, weight: 0.5, teaching } });
    const { value } = evaluate(method);
    const mutual = (kl(soft(peers[0] as Matrix, 2), soft(own, 2)) + kl(soft(peers[1] as Matrix, 2), soft(own, 2))) / 2;
    const taughtBy = (kl(soft(teachers[0] as Matrix, 3), soft(own, 3)) + kl(soft(teachers[1] as Matrix, 3), soft(own, 3))) / 2;
    expect(value).toBeCloseTo(0.5 * 4 * mutual + 0.2 * 9 * taughtBy, 5);
  });

  it('is that of the paper’s two-network case: CE + KL(p_2 ‖ p_1)', () => {
    // p_1 = (1/4, 3/4), p_2 = (1/2, 1/2), label 0: log 4 + ½·log 2 + ½·log ⅔.
    const method = methodFrom({ mutual: {} });
    const { value } = valueAndGradients(
      (z, peer) => {
        const seen = {
          targets: tf.tensor2d([[1, 0]]),
          sampleWeights: tf.tensor1d([1]),
          peers: [outputs(peer as tf.Tensor)],
          permutations: [],
          teachers: [],
        };
        const { crossEntropy, mutual } = method.losses(outputs(z as tf.Tensor), seen);
        return tf.add(crossEntropy as tf.Tensor, mutual as tf.Tensor) as tf.Scalar;
      },
      [[0, Math.log(3)]],
      [[0, 0]],
    );
    expect(value).toBeCloseTo(Math.log(4) + 0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 6);
  });
});

describe('the terms of a method', () => {
  it.each([
    [{ independent: {} }, ['crossEntropy']],
    [{ distillation: taught }, ['crossEntropy', 'distillation']],
    [{ distillation: { ...taught, weight: 1 } }, ['distillation']],
    [{ distillation: { ...taught, weight: 0 } }, ['crossEntropy']],
    [{ mutual: {} }, ['crossEntropy', 'mutual']],
    [{ mutual: { labelWeight: 0, teaching: taught } }, ['mutual', 'distillation']],
    [{ mutual: { features: {} } }, ['crossEntropy', 'mutual', 'features']],
    [{ confidencePenalty: {} }, ['crossEntropy', 'confidencePenalty']],
  ])('%j are %j', (settings, terms) => {
    expect(methodFrom(settings).terms).toEqual(terms);
  });

  it('names where in the spec its teachers stand', () => {
    expect(methodFrom({ distillation: taught }).teachers.map(({ path }) => path)).toEqual([
      'method.distillation.teachers.0',
      'method.distillation.teachers.1',
    ]);
    expect(methodFrom({ mutual: { teaching: taught } }).teachers[1]?.path).toBe('method.mutual.teaching.teachers.1');
  });
});
