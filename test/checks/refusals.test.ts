import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isInputObjectType, buildSchema as parseSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../api/src/errors.ts';
import { coerce } from '../../api/src/runs/coerce.ts';
import { buildSchema } from '../../api/src/schema/index.ts';
import { specType } from '../../api/src/schema/spec-type.ts';
import { SpecError } from '../../trainer/src/spec/problem.ts';
import { readSpec } from '../../trainer/src/spec/read-spec.ts';

const type = specType(buildSchema());

const ofApi = (spec: object): Problem[] => {
  const problems: Problem[] = [];
  coerce(type, spec, [], problems);
  return problems;
};

const ofTrainer = (spec: object): readonly Problem[] => {
  try {
    readSpec(spec);
    return [];
  } catch (error) {
    if (error instanceof SpecError) return error.problems;
    throw error;
  }
};

const teachers = [{ trained: { network: { model: 'cnn' } } }];

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

const least = { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { independent: {} } };

describe('a setting that has to be positive', () => {
  // 0 in 32-bit floats; a subnormal number, which some processors take for 0; and one that only means nothing.
  it.each([1e-46, 1e-40, 1e-17, 0, -1])('is refused by api and trainer in the same words where it is %d', (number) => {
    for (const [field, part] of Object.entries(positive(number))) {
      const problems = ofApi({ ...least, ...part });
      expect(problems).toEqual([{ path: field, message: expect.stringMatching(/; it has to be at least \S+ and at most \d+\.$/) }]);
      expect(ofTrainer({ ...least, ...part })).toEqual(problems);
    }
  });

  it.each(Object.entries(positive(1)))('may be 1: %s', (_, part) => {
    expect([ofApi({ ...least, ...part }), ofTrainer({ ...least, ...part })]).toEqual([[], []]);
  });

  it('is bounded by a number that 32-bit floats hold, whichever is added', () => {
    const contract = parseSchema(readFileSync(path.resolve(import.meta.dirname, '../../contract/schema.graphql'), 'utf8'));
    const fields = Object.values(contract.getTypeMap()).flatMap((each) => (isInputObjectType(each) ? Object.values(each.getFields()) : []));
    const open = fields.filter(({ astNode }) =>
      astNode?.directives?.some(({ arguments: given }) => given?.some(({ name }) => name.value === 'above')),
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});
