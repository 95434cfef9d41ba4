/** Two networks that learn from each other, small enough for the tests and long enough to be killed in the middle. */
export function mutualSpec(epochs = 10) {
  return {
    dataset: 'shapes-16',
    data: { trainSamples: 800 },
    networks: [{ model: 'cnn-8' }, { model: 'cnn-6' }],
    method: { mutual: {} },
    training: { epochs, batchSize: 32, learningRate: 0.02, augmentation: { flip: true, cropPadding: 1 } },
  };
}

export function independentSpec(epochs = 2) {
  return { ...mutualSpec(epochs), networks: [{ model: 'mlp-32' }], method: { independent: {} } };
}

/** A student of an earlier run's first network. */
export function studentOf(runId: string) {
  return { ...independentSpec(), networks: [{ model: 'mlp-24' }], method: { distillation: { teachers: [{ run: { runId } }] } } };
}

/** One epoch of many thousand steps: nothing is committed for a long while. */
export const longEpochSpec = {
  dataset: 'shapes-16',
  networks: [{ model: 'cnn-8' }],
  method: { independent: {} },
  training: { epochs: 1, batchSize: 1 },
};
