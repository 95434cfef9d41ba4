import { describe, expect, it } from 'vitest';
import { distillation } from './distillation.ts';
import { distance, softmax, valueAndGradients, zip } from './testing/gradients.ts';

const student = [
  [0.3, -1.2, 2],
  [1, 0, -0.5],
];
const teacher = [
  [1, 0.5, -2],
  [0, 2, 0.1],
];

describe('distillation', () => {
  it('is KL(teacher ‖ student), summed over classes and averaged over the batch', () => {
    // p_t = (1/2, 1/2), p_s = (1/4, 3/4): KL = ½·log 2 + ½·log ⅔.
    const { value } = valueAndGradients((s, t) => distillation(s, t, 1), [[0, Math.log(3)]], [[0, 0]]);
    expect(value).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 6);
  });

  it('is 0 between equals', () => {
    expect(valueAndGradients((s, t) => distillation(s, t, 3), student, student).value).toBeCloseTo(0, 7);
  });

  it.each([1, 2, 20])('at T = %d has the gradient (p_s − p_t) / (T · batch)', (temperature) => {
    const { gradients } = valueAndGradients((s, t) => distillation(s, t, temperature), student, teacher);
    const expected = zip(
      student.map((row) => softmax(row, temperature)),
      teacher.map((row) => softmax(row, temperature)),
      (p, q) => (p - q) / (temperature * 2),
    );
    expect(distance(gradients[0] as number[][], expected)).toBeLessThan(1e-6);
  });

  it('lets no gradient flow into the teacher', () => {
    const { gradients } = valueAndGradients((s, t) => distillation(s, t, 4), student, teacher);
    expect((gradients[1] as number[][]).flat().every((x) => x === 0)).toBe(true);
  });
});
