import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { tf } from '../engine/tf.ts';
import { ensembleLogits } from './ensemble-logits.ts';
import { ensembleProbabilities } from './ensemble-probabilities.ts';
import { pairwiseMean } from './pairwise-mean.ts';
import { distance, softmax, valueAndGradients } from './testing/gradients.ts';

type Term = (own: tf.Tensor, peers: readonly tf.Tensor[], temperature: number) => tf.Scalar;

const evaluate = (term: Term, temperature: number, own: number[][], peers: number[][][]) =>
  valueAndGradients((z, ...others) => term(z, others, temperature), own, ...peers);

const TERMS: [string, Term][] = [
  ['pairwise mean', pairwiseMean],
  ['ensemble of probabilities', ensembleProbabilities],
  ['ensemble of logits', ensembleLogits],
];

const own = [[0.5, -1, 0.2]];
const peers = [[[2, 0, -1]], [[-1, 0.3, 1]], [[0, 0, 3]]];

const kl = (p: number[], q: number[]) => p.reduce((sum, x, c) => sum + x * Math.log(x / (q[c] as number)), 0);
const mean = (rows: number[][]) =>
  (rows[0] as number[]).map((_, c) => rows.reduce((sum, row) => sum + (row[c] as number), 0) / rows.length);

describe('mutual targets', () => {
  const q = softmax(own[0] as number[], 2);
  const p = peers.map((peer) => softmax(peer[0] as number[], 2));

  it('strategy 1 is the mean of the divergences', () => {
    const expected = p.reduce((sum, peer) => sum + kl(peer, q), 0) / 3;
    expect(evaluate(pairwiseMean, 2, own, peers).value).toBeCloseTo(expected, 6);
  });

  it('strategy 2 is the divergence from the mean of the softened probabilities', () => {
    expect(evaluate(ensembleProbabilities, 2, own, peers).value).toBeCloseTo(kl(mean(p), q), 6);
  });

  it('the logit ensemble is the divergence from the softmax of the mean logits', () => {
    const z = mean(peers.map((peer) => peer[0] as number[]));
    expect(evaluate(ensembleLogits, 2, own, peers).value).toBeCloseTo(kl(softmax(z, 2), q), 6);
  });

  it.each(TERMS)('%s: lets no gradient flow into the peers', (_name, term) => {
    const { gradients } = evaluate(term, 2, own, peers);
    expect(gradients.slice(1).flat(2)).toEqual(Array(9).fill(0));
    expect((gradients[0] as number[][]).flat().some((x) => Math.abs(x) > 0.01)).toBe(true);
  });

  it.each(TERMS)('%s: is the pair’s divergence when there is one peer', (_name, term) => {
    expect(evaluate(term, 1, own, peers.slice(0, 1)).value).toBeCloseTo(kl(softmax([2, 0, -1]), softmax([0.5, -1, 0.2])), 6);
  });

  it.each(TERMS)('%s: stays finite where probabilities vanish', (_name, term) => {
    const { value, gradients } = evaluate(term, 1, [[300, -300]], [[[-300, 300]], [[-500, 500]]]);
    expect(Number.isFinite(value)).toBe(true);
    expect(gradients.flat(2).every(Number.isFinite)).toBe(true);
  });

  it('strategies 1 and 2 have the same gradient, (p_i − mean p_j) / T, whatever the logits', () => {
    const row = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 4, maxLength: 4 });
    const matrix = fc.array(row, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(
        matrix,
        fc.array(matrix, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0.5, max: 10, noNaN: true }),
        (z, others, temperature) => {
          const first = evaluate(pairwiseMean, temperature, z, others).gradients[0] as number[][];
          const second = evaluate(ensembleProbabilities, temperature, z, others).gradients[0] as number[][];
          const expected = z.map((logits, sample) => {
            const target = mean(others.map((peer) => softmax(peer[sample] as number[], temperature)));
            return softmax(logits, temperature).map((x, c) => (x - (target[c] as number)) / (temperature * z.length));
          });
          expect(distance(first, expected)).toBeLessThan(2e-6);
          expect(distance(second, expected)).toBeLessThan(2e-6);
        },
      ),
      { numRuns: 60 },
    );
  });
});
