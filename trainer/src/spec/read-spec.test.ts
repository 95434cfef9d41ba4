import { describe, expect, it } from 'vitest';
import { readSpec } from './read-spec.ts';
import { SpecError } from './spec-error.ts';

const least = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } };

const problemsOf = (spec: unknown) => {
  try {
    readSpec(spec);
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
};

describe('readSpec', () => {
  it('fills in every default of the contract, also inside defaults', () => {
    expect(readSpec(least)).toEqual({
      dataset: 'shapes-16',
      data: { trainSamples: null, validationFraction: 0.1, labelledFraction: 1, withheldClasses: [], splitSeed: 0 },
      networks: [{ model: 'cnn', view: null, dropout: 0 }],
      method: { independent: { enabled: true } },
      training: {
        epochs: 20,
        batchSize: 64,
        learningRate: 0.05,
        schedule: { cosine: { finalFraction: 0 } },
        warmupEpochs: 0,
        optimizer: { sgd: { momentum: 0.9, nesterov: true, weightDecay: 0.0005 } },
        gradientClipping: null,
        labelSmoothing: 0,
        precision: 'FLOAT32',
        augmentation: { flip: false, cropPadding: 0 },
        selection: 'LAST_EPOCH',
      },
    });
  });

  it('changes nothing when it reads what it read before', () => {
    const spec = readSpec({ ...least, method: { distillation: { teachers: [{ trained: { network: { model: 'resnet-8' } } }] } } });
    expect(readSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
    expect(spec.method.distillation?.temperature).toBe(4);
  });

  it('tells everything that is wrong, each with its path and what is allowed', () => {
    const problems = problemsOf({
      ...least,
      networks: [{ model: 'cnn' }, { modle: 'cnn' }],
      training: { learningRate: -1, epochs: 2.5, selection: 'BEST', optimizer: { rmsprop: {} } },
      method: { independent: {}, mutual: {} },
      seed: 3,
    });
    expect(problems).toEqual([
      { path: 'seed', message: 'is not a setting here; allowed: dataset, data, networks, method, training.' },
      { path: 'networks.1.modle', message: 'is not a setting here; allowed: model, view, dropout.' },
      { path: 'networks.1.model', message: 'is required.' },
      { path: 'method', message: expect.stringContaining('independent and mutual are given') },
      { path: 'training.epochs', message: 'is 2.5; it has to be a whole number.' },
      { path: 'training.learningRate', message: 'is -1; it has to be at least 1e-8 and at most 100.' },
      { path: 'training.optimizer.rmsprop', message: 'is not a setting here; allowed: sgd, adam, adamw.' },
      { path: 'training.optimizer', message: 'needs exactly one of sgd, adam, adamw; none is given.' },
      { path: 'training.selection', message: 'is "BEST"; allowed: LAST_EPOCH, BEST_VALIDATION.' },
    ]);
  });

  it.each([
    ['networks', { networks: [] }, 'has 0 networks; a cohort has 1 to 16.'],
    ['networks', { networks: Array(40).fill({ model: 'cnn' }) }, 'has 40 networks; a cohort has 1 to 16.'],
    ['networks', { method: { mutual: {} } }, 'has 1 network; mutual learning needs at least 2, to learn from each other.'],
    [
      'method.mutual.labelWeight',
      { networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: { labelWeight: 0 } } },
      'is 0, and there is no teacher',
    ],
    [
      'method.distillation.temperature',
      { method: { distillation: { teachers: [{ run: { runId: 'a' } }], temperature: 0 } } },
      'is 0; it has to be at least 0.01 and at most 100',
    ],
    ['networks.0.model', { networks: [{ model: 'resnet-9' }] }, '"resnet-9": a resnet\'s depth is 6n+2'],
    ['networks.0.model', { networks: [{ model: 'vgg-16' }] }, '"vgg-16" is not a valid model name'],
    ['networks.0.model', { networks: [{ model: 'cnn-0' }] }, 'a whole number from 1 to 512, not 0'],
    ['data.withheldClasses.1', { data: { withheldClasses: [3, 3] } }, 'is 3, which is listed twice'],
    ['data.labelledFraction', { data: { labelledFraction: 0 } }, 'has to be at least 0.000001 and at most 1'],
    ['training.learningRate', { training: { learningRate: Number.NaN } }, 'is NaN; it has to be a finite number.'],
    ['networks.0.dropout', { networks: [{ model: 'cnn', dropout: 1 }] }, 'at least 0 and at most 0.9'],
    ['training.gradientClipping', { training: { gradientClipping: 0 } }, 'is 0; it has to be at least 0.000001 and at most 1,000,000'],
    ['training.labelSmoothing', { training: { labelSmoothing: 0.95 } }, 'at least 0 and at most 0.9'],
    ['training.optimizer.adam.beta2', { training: { optimizer: { adam: { beta2: 1 } } } }, 'at least 0 and at most 0.999999'],
    ['training.optimizer', { training: { optimizer: { sgd: {}, adamw: {} } } }, 'sgd and adamw are given'],
    [
      'training.optimizer.adamw.weightDecay',
      { training: { learningRate: 4, optimizer: { adamw: { weightDecay: 0.5 } } } },
      'times the learning rate, 4, it has to be at most 1',
    ],
    [
      'training.schedule.step.factor',
      { training: { learningRate: 1e-8, schedule: { step: { milestones: [1, 2, 3, 4, 5, 6], factor: 1e-6 } } } },
      'after 6 milestones the learning rate would be 1e-44, which 32-bit floats take for 0',
    ],
    ['method.confidencePenalty.weight', { method: { confidencePenalty: { weight: 1e-46 } } }, 'is 1e-46; it has to be 0, which leaves'],
    ['training.warmupEpochs', { training: { epochs: 3, warmupEpochs: 3 } }, 'less than the 3 epochs'],
    ['training.schedule.step.milestones.1', { training: { schedule: { step: { milestones: [5, 5] } } } }, 'more than the one before'],
    ['training.selection', { data: { validationFraction: 0 }, training: { selection: 'BEST_VALIDATION' } }, 'holds no image back'],
  ])('refuses a bad %s', (path, change, message) => {
    expect(problemsOf({ ...least, ...change })).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  it('refuses what is no object at all', () => {
    expect(() => readSpec('cnn')).toThrow('the spec is "cnn"; it has to be an object');
  });
});
