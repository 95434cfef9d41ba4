import { describe, expect, it } from 'vitest';
import { coerce } from '../../settings/coerce.ts';
import { settings } from '../../settings/contract.ts';
import type { RunSpec } from '../run-spec.ts';
import { checkMethod } from './check-method.ts';

/** What is wrong with a method, by path below it. */
const problems = (method: object) => {
  const coerced = coerce(settings, 'RunSpecInput', { dataset: 'd', networks: [{ model: 'cnn' }, { model: 'cnn' }], method });
  const found = coerced.problems.length > 0 ? coerced.problems : checkMethod(coerced.value as RunSpec);
  return Object.fromEntries(found.map(({ path, message }) => [path.replace(/^method\./, ''), message]));
};

const trained = (epochs?: number) => ({ trained: { network: { model: 'cnn' }, ...(epochs ? { epochs } : {}) } });
const run = (runId: string, network = 0) => ({ run: { runId, network } });

describe('a method', () => {
  it.each([
    [{ independent: {} }],
    [{ confidencePenalty: {} }],
    [{ confidencePenalty: { weight: 0 } }],
    [{ distillation: { teachers: [trained(), trained(), run('a'), run('a', 1)] } }],
    [{ distillation: { teachers: [trained(20), trained()], target: 'HARD', weight: 1 } }],
    [{ mutual: { labelWeight: 0, teaching: { teachers: [run('a')] } } }],
    [{ mutual: { weight: 0 } }],
    [{ mutual: { labelWeight: 0, weight: 0, teaching: { teachers: [run('a')], target: 'HARD' } } }],
  ])('%j contradicts nothing', (method) => {
    expect(problems(method)).toEqual({});
  });

  it('has 1 to 8 teachers', () => {
    const message = (count: number) => `has ${count} teachers; 1 to 8 are allowed.`;
    expect(problems({ distillation: { teachers: [] } })).toEqual({ 'distillation.teachers': message(0) });
    const many = Array.from({ length: 9 }, (_, network) => run('a', network));
    expect(problems({ mutual: { teaching: { teachers: many } } })).toEqual({ 'mutual.teaching.teachers': message(9) });
    expect(problems({ distillation: {} })).toEqual({ 'distillation.teachers': 'is required.' });
  });

  it('names a teacher once, and trains its own all as long', () => {
    expect(problems({ distillation: { teachers: [run('a'), run('b'), run('a')] } })).toEqual({
      'distillation.teachers.2': 'is the same as teacher 0; name each once.',
    });
    expect(problems({ mutual: { teaching: { teachers: [trained(3), run('a'), trained()] } } })).toEqual({
      'mutual.teaching.teachers.2.trained.epochs': expect.stringMatching(/^is 20; .* all for the first one's 3 epochs\.$/),
    });
  });

  it('softens no hard target', () => {
    const hard = { teachers: [trained()], target: 'HARD', temperature: 2, scaleByTemperatureSquared: false };
    const wrong = {
      temperature: expect.stringContaining('leave it at 4'),
      scaleByTemperatureSquared: expect.stringContaining('leave it at true'),
    };
    expect(problems({ distillation: hard })).toEqual({
      'distillation.temperature': wrong.temperature,
      'distillation.scaleByTemperatureSquared': wrong.scaleByTemperatureSquared,
    });
    expect(Object.keys(problems({ mutual: { teaching: hard } }))).toEqual([
      'mutual.teaching.temperature',
      'mutual.teaching.scaleByTemperatureSquared',
    ]);
  });

  it('has labels or a teacher: peers alone do not say what is right', () => {
    for (const settings of [{}, { weight: 0 }, { features: {} }])
      expect(problems({ mutual: { labelWeight: 0, ...settings } })).toEqual({
        'mutual.labelWeight': expect.stringMatching(/^is 0, and there is no teacher: .* set data.labelledFraction instead\.$/),
      });
  });

  it('has no weight that is 0 to 32-bit floats alone, not even to stand for a label', () => {
    const message = 'is 1e-46; it has to be 0, which leaves the term out, or at least 0.000001.';
    expect(problems({ mutual: { labelWeight: 1e-46, weight: 1e-46 } })).toEqual({
      'mutual.weight': message,
      'mutual.labelWeight': message,
    });
    expect(problems({ confidencePenalty: { weight: 1e-46 } })).toEqual({ 'confidencePenalty.weight': message });
    expect(problems({ distillation: { teachers: [trained()], weight: 1e-46 } })).toEqual({ 'distillation.weight': message });
    expect(problems({ mutual: { labelWeight: 1e-6, weight: 0 } })).toEqual({});
  });

  it('has no temperature of 0 and no weight out of bounds', () => {
    expect(problems({ distillation: { teachers: [trained()], temperature: 0, weight: 1.5 } })).toEqual({
      'distillation.temperature': 'is 0; it has to be at least 0.01 and at most 100.',
      'distillation.weight': 'is 1.5; it has to be at least 0 and at most 1.',
    });
    expect(problems({ confidencePenalty: { weight: -1 } })).toHaveProperty(['confidencePenalty.weight']);
    expect(problems({ mutual: { teaching: { teachers: [trained()], weight: 0 } } })).toHaveProperty(['mutual.teaching.weight']);
  });
});
