import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanEntropy } from './confidence-penalty.ts';
import { distance, softmax, valueAndGradients } from './testing/gradients.ts';

const entropy = (p: readonly number[]) => -p.reduce((sum, x) => sum + x * Math.log(x), 0);
const inDouble = (logits: readonly (readonly number[])[]) => logits.reduce((sum, row) => sum + entropy(softmax(row)), 0) / logits.length;

describe('meanEntropy', () => {
  it('is the mean over the batch of H(p): of (½, ¼, ¼) and three equals (1.5·log 2 + log 3) / 2', () => {
    const logits = [
      [Math.log(2), 0, 0],
      [7, 7, 7],
    ];
    expect(valueAndGradients(meanEntropy, logits).value).toBeCloseTo((1.5 * Math.log(2) + Math.log(3)) / 2, 6);
  });

  it('has the gradient −p·(log p + H) / batch, as finite differences have it', () => {
    const row = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 });
    const step = 1e-5;
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 2 }), (logits) => {
        const { value, gradients } = valueAndGradients(meanEntropy, logits);
        expect(value).toBeCloseTo(inDouble(logits), 5);
        const closed = logits.map((z) => {
          const p = softmax(z);
          return p.map((x) => (-x * (Math.log(x) + entropy(p))) / logits.length);
        });
        const moved = (sample: number, c: number, by: number) =>
          inDouble(logits.map((z, i) => z.map((x, k) => (i === sample && k === c ? x + by : x))));
        const numeric = logits.map((z, i) => z.map((_, c) => (moved(i, c, step) - moved(i, c, -step)) / (2 * step)));
        expect(distance(gradients[0] as number[][], closed)).toBeLessThan(2e-6);
        expect(distance(closed, numeric)).toBeLessThan(1e-8);
      }),
      { numRuns: 40 },
    );
  });

  it('is 0, and flat, where an output is certain', () => {
    const { value, gradients } = valueAndGradients(meanEntropy, [[300, -300, 0]]);
    expect(value).toBeCloseTo(0, 12);
    expect(gradients[0]).toEqual([[expect.closeTo(0, 12), expect.closeTo(0, 12), expect.closeTo(0, 12)]]);
  });
});
