import { describe, expect, it } from 'vitest';
import { hardDistillation } from './hard-distillation.ts';
import { distance, softmax, valueAndGradients, zip } from './testing/gradients.ts';

const student = [
  [Math.log(1), Math.log(2), Math.log(1)],
  [Math.log(3), Math.log(1), Math.log(4)],
];
const teacher = [
  [0.1, 0.2, 5],
  [1, -1, 0.9],
];
const classes = [
  [0, 0, 1],
  [1, 0, 0],
];

describe('hardDistillation', () => {
  it('is the mean of −log p_s of the teacher’s classes: (log 4 + log 8/3) / 2', () => {
    expect(valueAndGradients(hardDistillation, student, teacher).value).toBeCloseTo((Math.log(4) + Math.log(8 / 3)) / 2, 6);
  });

  it('has the gradient (p_s − one-hot) / batch', () => {
    const expected = zip(
      student.map((row) => softmax(row)),
      classes,
      (p, y) => (p - y) / 2,
    );
    const { gradients } = valueAndGradients(hardDistillation, student, teacher);
    expect(distance(gradients[0] as number[][], expected)).toBeLessThan(1e-6);
  });

  it('does not see how sure the teacher is, and takes the first of equals', () => {
    const value = (logits: number[][]) => valueAndGradients(hardDistillation, student, logits).value;
    const surer = teacher.map((row) => row.map((z) => 9 * z));
    expect(value(surer)).toBe(value(teacher));
    expect(value([[2, 2, 1], teacher[1] as number[]])).toBe(value([[2, 1, 1], teacher[1] as number[]]));
  });

  it('lets no gradient flow into the teacher', () => {
    expect(
      valueAndGradients(hardDistillation, student, teacher)
        .gradients[1]?.flat()
        .every((x) => x === 0),
    ).toBe(true);
  });
});
