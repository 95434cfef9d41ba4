import { settings } from '@studyhall/contract/settings/contract.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallSpec, TestTrainer } from '../../api/src/testing/fleet.ts';
import { useApi } from '../../api/src/testing/suite.ts';
import { readSpec } from '../../trainer/src/spec/read-spec.ts';
import { SpecError } from '../../trainer/src/spec/spec-error.ts';
import { readForm } from '../../web/src/features/schedule/read-form.ts';
import { draftOf } from '../../web/src/lib/contract/draft.ts';

const suite = useApi();
beforeAll(async () => {
  await TestTrainer.join(suite.api);
});

const checkSpec = 'query ($spec: JSON!) { checkSpec(spec: $spec, seeds: [1]) { path message } }';
const overGraphql = async (spec: object) => (await suite.api.get<{ checkSpec: Problem[] }>(checkSpec, { spec })).checkSpec;

const byTrainer = (spec: object): readonly Problem[] => {
  try {
    readSpec(spec);
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
};

/** What the form says of a spec that is shown in it; paths start within the spec. */
const inForm = (spec: object): Problem[] => {
  const { problems, contradictions } = readForm(draftOf(settings, 'ScheduleRunsInput', { spec: spec as JsonValue, seeds: [1] }));
  return [...problems, ...contradictions].map(({ path, message }) => ({ path: path.replace(/^spec\./, ''), message }));
};

const pair = [{ model: 'cnn' }, { model: 'cnn' }];
const trained = (epochs?: number) => ({ trained: { network: { model: 'cnn' }, ...(epochs ? { epochs } : {}) } });

/** Specs that a form can show: each change, the setting at fault and what is said of it. */
const refused: [change: object, path: string, message: string][] = [
  [{ networks: [{ model: 'vgg-16' }] }, 'networks.0.model', '"vgg-16" is not a valid model name; allowed: '],
  [
    { networks: [{ model: 'mobilenet-0.323456' }] },
    'networks.0.model',
    '"mobilenet-0.323456": mobilenet-A takes a width factor from 0.25 to 2',
  ],
  [{ networks: [{ model: 'resnet-9' }] }, 'networks.0.model', '"resnet-9": a resnet\'s depth is 6n+2, up to 218'],
  [{ networks: [{ model: 'cnn-513' }] }, 'networks.0.model', '"cnn-513": cnn-W takes a width, a whole number from 1 to 512, not 513'],
  [{ networks: [{ model: 'cnn-99999999' }] }, 'networks.0.model', '"cnn-99999999": cnn-W takes a width, a whole number from 1 to 512'],
  [{ networks: [{ model: 'mlp-8192-8193' }] }, 'networks.0.model', 'each a whole number from 1 to 8,192, not 8193'],
  [{ networks: [{ model: 'wrn-17-2' }] }, 'networks.0.model', '"wrn-17-2": wrn-N-W takes a depth N = 6n+4'],
  [{ networks: [{ model: 'tcn-' }] }, 'networks.0.model', 'a whole number from 1 to 512, not nothing'],
  [{ networks: [{ model: `mlp-${'1'.repeat(80)}` }] }, 'networks.0.model', 'is longer than the 64 characters of a model'],
  [{ networks: [{}] }, 'networks.0.model', 'is required.'],
  [{ networks: [{ model: 'cnn', dropout: 0.95 }] }, 'networks.0.dropout', 'is 0.95; it has to be at least 0 and at most 0.9.'],
  [{ networks: Array(17).fill({ model: 'cnn' }) }, 'networks', 'has 17 networks; a cohort has 1 to 16.'],
  [{ method: { mutual: {} } }, 'networks', 'has 1 network; mutual learning needs at least 2'],
  [{ networks: pair, method: { mutual: { labelWeight: 0 } } }, 'method.mutual.labelWeight', 'is 0, and there is no teacher'],
  [
    { networks: pair, method: { mutual: { update: 'AT_ONCE' } } },
    'method.mutual.update',
    'is "AT_ONCE"; allowed: ALTERNATING, SIMULTANEOUS.',
  ],
  [
    { method: { distillation: { teachers: [trained()], target: 'HARD', temperature: 2 } } },
    'method.distillation.temperature',
    'leave it at 4.',
  ],
  [
    { method: { distillation: { teachers: [trained(3), trained(4)] } } },
    'method.distillation.teachers.1.trained.epochs',
    "all for the first one's 3 epochs.",
  ],
  [{ method: { distillation: { teachers: [trained()], weight: 1.5 } } }, 'method.distillation.weight', 'at least 0 and at most 1.'],
  [{ method: { confidencePenalty: { weight: 1e-46 } } }, 'method.confidencePenalty.weight', 'is 1e-46; it has to be 0, which leaves'],
  [{ data: { labelledFraction: 0 } }, 'data.labelledFraction', 'is 0; it has to be at least 0.000001 and at most 1.'],
  [{ data: { withheldClasses: [3, 3] } }, 'data.withheldClasses.1', 'is 3, which is listed twice.'],
  [{ training: { epochs: 0 } }, 'training.epochs', 'is 0; it has to be at least 1 and at most 2,000 epochs.'],
  [{ training: { epochs: 3, warmupEpochs: 3 } }, 'training.warmupEpochs', 'is 3; it has to be less than the 3 epochs.'],
  [
    { training: { schedule: { step: { milestones: [5, 5] } } } },
    'training.schedule.step.milestones.1',
    'has to be more than the one before.',
  ],
  [{ training: { optimizer: { sgd: { momentum: 0 } } } }, 'training.optimizer.sgd.nesterov', 'is true, which needs a momentum above 0.'],
  [
    { training: { learningRate: 4, optimizer: { adamw: { weightDecay: 0.5 } } } },
    'training.optimizer.adamw.weightDecay',
    'is 0.5; times the learning rate, 4, it has to be at most 1.',
  ],
  [
    { data: { validationFraction: 0 }, training: { selection: 'BEST_VALIDATION' } },
    'training.selection',
    'is BEST_VALIDATION, but data.validationFraction holds no image back.',
  ],
];

describe('a refusal', () => {
  it.each(refused)('reads the same in the form, over GraphQL and in `trainer run`: %j', async (change, path, message) => {
    const spec = { ...smallSpec, ...change };
    const problems = await overGraphql(spec);
    expect(problems).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect(byTrainer(spec)).toEqual(problems);
    expect(inForm(spec)).toEqual(problems);
  });

  it.each([
    [{ training: { warmth: 1 } }],
    [{ networks: 'cnn' }],
    [{ networks: [{ modle: 'cnn' }, 'cnn', null] }],
    [{ method: {} }],
    [{ method: { mutual: {}, independent: {} } }],
    [{ training: { epochs: 2.5, learningRate: null, selection: ['LAST_EPOCH'], optimizer: { rmsprop: {} } } }],
    [{ dataset: 7 }],
  ])('reads the same over GraphQL and in `trainer run` where no form can show it: %j', async (change) => {
    const spec = { ...smallSpec, ...change };
    const problems = await overGraphql(spec);
    expect(problems.length).toBeGreaterThan(0);
    expect(byTrainer(spec)).toEqual(problems);
  });

  it('is none for a spec that may be scheduled', async () => {
    expect([await overGraphql(smallSpec), byTrainer(smallSpec), inForm(smallSpec)]).toEqual([[], [], []]);
  });
});

const teachers = [trained()];

/** Every setting that has to be positive, with `number` in its place. */
const positive = (number: number): Record<string, object> => ({
  'data.labelledFraction': { data: { labelledFraction: number } },
  'method.distillation.temperature': { method: { distillation: { teachers, temperature: number } } },
  'method.mutual.temperature': { method: { mutual: { temperature: number } } },
  'method.mutual.teaching.temperature': { method: { mutual: { teaching: { teachers, temperature: number } } } },
  'method.mutual.teaching.weight': { method: { mutual: { teaching: { teachers, weight: number } } } },
  'method.mutual.features.weight': { method: { mutual: { features: { weight: number } } } },
  'training.learningRate': { training: { learningRate: number } },
  'training.gradientClipping': { training: { gradientClipping: number } },
  'training.schedule.step.factor': { training: { schedule: { step: { milestones: [1], factor: number } } } },
  'training.optimizer.adam.epsilon': { training: { optimizer: { adam: { epsilon: number } } } },
  'training.optimizer.adamw.epsilon': { training: { optimizer: { adamw: { epsilon: number } } } },
});

describe('a setting that has to be positive', () => {
  const least = { dataset: 'shapes-16', networks: pair, method: { independent: {} } };

  // 0 in 32-bit floats; a subnormal number, which some processors take for 0; and one that only means nothing.
  it.each([1e-46, 1e-40, 1e-17, 0, -1])('is refused in the same words everywhere where it is %d', async (number) => {
    for (const [field, part] of Object.entries(positive(number))) {
      const spec = { ...least, ...part };
      const problems = await overGraphql(spec);
      expect(problems).toEqual([{ path: field, message: expect.stringMatching(/; it has to be at least \S+ and at most [\d,]+\.$/) }]);
      expect([byTrainer(spec), inForm(spec)]).toEqual([problems, problems]);
    }
  });

  it.each(Object.entries(positive(1)))('may be 1: %s', async (_, part) => {
    const spec = { ...least, ...part };
    expect([await overGraphql(spec), byTrainer(spec), inForm(spec)]).toEqual([[], [], []]);
  });

  it('is bounded by a number that 32-bit floats hold, whichever is added', () => {
    const fields = Object.values(settings.inputs).flatMap((input) => input.fields);
    expect(fields.length).toBeGreaterThan(50);
    expect(fields.filter(({ range }) => range?.above !== undefined).map(({ name }) => name)).toEqual([]);
  });
});
