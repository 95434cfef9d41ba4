import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema, coerceInputValue, type GraphQLInputType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { coerce } from './coerce.ts';
import { settings } from './contract.ts';

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
const type = schema.getType('RunSpecInput') as GraphQLInputType;

function normalise(value: unknown): { spec: unknown; problems: Record<string, string> } {
  const { value: spec, problems } = coerce(settings, 'RunSpecInput', value);
  return { spec, problems: Object.fromEntries(problems.map(({ path, message }) => [path, message])) };
}

const small = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { mutual: {} } };

describe('normalising a spec', () => {
  it('fills in every default, at every depth', () => {
    expect(normalise(small)).toEqual({
      problems: {},
      spec: {
        dataset: 'shapes-16',
        data: { trainSamples: null, validationFraction: 0.1, labelledFraction: 1, withheldClasses: [], splitSeed: 0 },
        networks: [{ model: 'cnn', view: null, dropout: 0 }],
        method: {
          mutual: {
            update: 'ALTERNATING',
            target: 'PAIRWISE_MEAN',
            weight: 1,
            temperature: 1,
            scaleByTemperatureSquared: true,
            labelWeight: 1,
            teaching: null,
            features: null,
          },
        },
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
      },
    });
  });

  it('changes nothing about a normalised one', () => {
    const { spec } = normalise(small);
    expect(normalise(spec)).toEqual({ spec, problems: {} });
  });

  it('collects all problems, each with its path and what is allowed', () => {
    const { problems } = normalise({
      networks: [{ model: 'cnn', depth: 3 }, 'cnn'],
      method: { mutual: {}, independent: {} },
      data: { trainSamples: 1.5, validationFraction: 0.9 },
      training: {
        learningRate: -0.1,
        epochs: 0,
        selection: 'BEST',
        schedule: { step: { factor: 0 } },
        optimizer: { sgd: { momentum: Number.NaN } },
      },
      colour: 'red',
    });
    expect(problems).toEqual({
      colour: 'is not a setting here; allowed: dataset, data, networks, method, training.',
      dataset: 'is required.',
      'data.trainSamples': 'is 1.5; it has to be a whole number.',
      'data.validationFraction': 'is 0.9; it has to be at least 0 and at most 0.5.',
      'networks.0.depth': 'is not a setting here; allowed: model, view, dropout.',
      'networks.1': 'is "cnn"; it has to be an object with the fields model, view, dropout.',
      method: 'needs exactly one of independent, distillation, mutual, confidencePenalty; mutual and independent are given.',
      'training.epochs': 'is 0; it has to be at least 1 and at most 2,000 epochs.',
      'training.learningRate': 'is -0.1; it has to be at least 1e-8 and at most 100.',
      'training.schedule.step.milestones': 'is required.',
      'training.schedule.step.factor': 'is 0; it has to be at least 0.000001 and at most 1.',
      'training.optimizer.sgd.momentum': 'is NaN; it has to be a finite number.',
      'training.selection': 'is "BEST"; allowed: LAST_EPOCH, BEST_VALIDATION.',
    });
  });

  it('checks each item of a list against its bounds', () => {
    const { problems } = normalise({ ...small, training: { schedule: { step: { milestones: [5, 0, 9999] } } } });
    expect(Object.keys(problems)).toEqual(['training.schedule.step.milestones.1', 'training.schedule.step.milestones.2']);
  });

  it('takes no enum, text or number in disguise', () => {
    const { problems } = normalise({
      dataset: { toString: 'd' },
      networks: [{ model: ['cnn'] }],
      method: { mutual: { update: ['SIMULTANEOUS'], weight: '1', teaching: { teachers: 'toString' } } },
      training: { epochs: true, schedule: { constructor: {} } },
    });
    expect(Object.keys(problems)).toEqual([
      'dataset',
      'networks.0.model',
      'method.mutual.update',
      'method.mutual.weight',
      'method.mutual.teaching.teachers',
      'training.epochs',
      'training.schedule.constructor',
      'training.schedule',
    ]);
  });

  it('stays short however much is wrong, or long: 100 problems, lists of 10,000, quotes of 80 characters', () => {
    const wrong = normalise({ ...small, networks: Array.from({ length: 1000 }, () => 'x') });
    expect(Object.keys(wrong.problems)).toHaveLength(100);
    expect(normalise({ ...small, networks: Array.from({ length: 10_001 }, () => ({ model: 'cnn' })) }).problems).toEqual({
      networks: 'has 10,001 entries; no list here may have more than 10,000.',
    });
    const long = 'x'.repeat(1000);
    for (const value of [long, { [long]: long }, [long]])
      for (const [path, message] of Object.entries(normalise({ ...small, method: value, [long]: 1 }).problems))
        expect(`${path} ${message}`.length).toBeLessThan(400);
  });

  it('never throws, and refuses whatever GraphQL itself would refuse', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.object({ key: fc.constantFrom('dataset', 'networks', 'method', 'training', 'x'), maxDepth: 3 }), fc.anything()),
        (value) => {
          const refused: unknown[] = [];
          coerceInputValue(value, type, (_path, _value, error) => refused.push(error));
          const { problems } = normalise(value);
          if (refused.length > 0 && value !== null && value !== undefined) expect(Object.keys(problems).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
