import { describe, expect, it } from 'vitest';
import { figureOf } from '../../measures/figure-of.ts';
import { type FinishedRun, readFinishedRun } from './finished-run.ts';

const accuracies = { trainAccuracy: 0.9, validationAccuracy: 0.8, testAccuracy: 0.7, trainLoss: 1, validationLoss: 2, testLoss: 3 };
const before = {
  networks: [
    {
      index: 0,
      selectedEpoch: 1,
      ...accuracies,
      validationEntropy: 0.5,
      testEntropy: 0,
      withheldAccuracy: 0.25,
      biasCorrection: null,
      correctedAccuracy: null,
      correctedWithheldAccuracy: null,
    },
  ],
  cohort: { ensembleValidationAccuracy: 0.6, ensembleTestLoss: 4, ensembleValidationEntropy: 1.5, disagreement: 0.125 },
} as unknown as FinishedRun;

describe('a result that was written before there were measurements', () => {
  it('is read as one that has them', () => {
    const { networks, cohort } = readFinishedRun(before);
    expect(networks[0]?.measurements).toEqual([
      { measure: 'entropy', split: 'VALIDATION', value: 0.5 },
      { measure: 'entropy', split: 'TEST', value: 0 },
      { measure: 'withheldAccuracy', split: 'TEST', value: 0.25 },
    ]);
    expect(cohort?.measurements).toEqual([
      { measure: 'entropy', split: 'VALIDATION', value: 1.5 },
      { measure: 'disagreement', split: 'TEST', value: 0.125 },
    ]);
    expect(readFinishedRun(readFinishedRun(before))).toEqual(readFinishedRun(before));
  });

  it('gives a figure by measure and split, whether a field holds it or not', () => {
    const run = readFinishedRun(before);
    const of = (network: number | null, measure: string, split: 'TRAIN' | 'VALIDATION' | 'TEST') =>
      figureOf(run, network, { measure, split });
    expect([of(0, 'accuracy', 'TRAIN'), of(0, 'loss', 'VALIDATION'), of(null, 'accuracy', 'VALIDATION'), of(null, 'loss', 'TEST')]).toEqual(
      [0.9, 2, 0.6, 4],
    );
    expect([of(0, 'entropy', 'TEST'), of(null, 'entropy', 'VALIDATION'), of(null, 'entropy', 'TEST'), of(1, 'entropy', 'TEST')]).toEqual([
      0,
      1.5,
      null,
      null,
    ]);
  });
});
