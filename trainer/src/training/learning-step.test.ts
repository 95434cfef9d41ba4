import { describe, expect, it } from 'vitest';
import type { Method } from '../methods/method.ts';
import { methodFrom } from '../methods/testing/method-from.ts';
import { concatenate } from '../nn/concatenate.ts';
import { parseModel } from '../nn/models.ts';
import { softmax } from '../objectives/testing/gradients.ts';
import { type FrozenMember, initialState, type Member, parameterCounts, sliceByMember } from './cohort.ts';
import { optimizerOf } from './optimizer.ts';
import { type StepPlan, teacherLogitsInput } from './step.ts';
import { counting, evaluated, frozen, inputsOf, oneStep } from './testing/one-step.ts';

const BATCH = 6;
const CLASSES = 3;
const make = (model: string) => parseModel(model)([4, 4, 1], CLASSES);
const members = (...models: string[]): Member[] => models.map((model, index) => ({ index, view: 'image', network: make(model) }));

const optimizer = optimizerOf({ sgd: { momentum: 0, nesterov: false, weightDecay: 0 } });

const start = (cohort: readonly Member[], seed: number) => initialState(cohort, seed, optimizer);

const planOf = (cohort: readonly Member[], method: Method, teachers: readonly FrozenMember[] = []): StepPlan => ({
  members: cohort,
  teachers,
  method,
  optimizer,
  batchSize: BATCH,
});

const twoTeachers = { teachers: [{ run: { runId: 'a' } }, { run: { runId: 'b' } }] };

/** Mean of KL(p_t^T ‖ p_s^T) over a batch, in double precision. */
const divergence = (target: ArrayLike<number>, own: ArrayLike<number>, temperature: number): number => {
  let sum = 0;
  for (let row = 0; row < BATCH; row++) {
    const of = (logits: ArrayLike<number>) => softmax(Array.from(logits).slice(row * CLASSES, (row + 1) * CLASSES), temperature);
    const [p, q] = [of(target), of(own)];
    p.forEach((x, c) => {
      sum += x * Math.log(x / (q[c] as number));
    });
  }
  return sum / BATCH;
};

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (x, k) => Math.abs(x - (b[k] as number))));

describe('teachers in a training step', () => {
  const method = methodFrom({ distillation: { ...twoTeachers, temperature: 2, weight: 0.75 } });
  // Without batch norm a student's training-mode outputs are those of evaluation mode.
  const cohort = members('mlp-5');
  const teachers = [frozen(make('cnn-2'), 11), frozen(make('mlp-7'), 12)];

  it('are asked in evaluation mode, on the students’ images, and the mean of their terms is learned', async () => {
    const plan = planOf(cohort, method, teachers);
    const from = start(cohort, 1);
    const { metrics } = await oneStep(plan, from, teachers);
    const [student] = await evaluated(cohort, from, inputsOf(plan));
    const taught = await Promise.all(
      teachers.map(async (teacher) => {
        return (await evaluated([{ index: 0, ...teacher }], teacher, inputsOf(plan)))[0] ?? [];
      }),
    );
    const expected = taught.reduce((sum, logits) => sum + divergence(logits, student ?? [], 2) / 2, 0);
    expect(metrics[1]).toBeCloseTo(0.75 * 4 * expected, 4);
  });

  it('are asked once a step, by however many students, and are left as they were', async () => {
    const counted = teachers.map((teacher) => counting(teacher.network));
    const asked = teachers.map((teacher, index) => ({ ...teacher, network: counted[index]?.network ?? teacher.network }));
    const students = members('mlp-5', 'cnn-2', 'mlp-4');
    for (const update of ['ALTERNATING', 'SIMULTANEOUS']) {
      const plan = planOf(students, methodFrom({ mutual: { update, teaching: twoTeachers } }), asked);
      for (const { modes } of counted) modes.length = 0;
      const { tensors } = await oneStep(plan, start(students, 1), asked);
      expect(counted.map(({ modes }) => modes)).toEqual([['evaluation'], ['evaluation']]);
      expect([tensors['teacher.0.weights'], tensors['teacher.0.statistics']]).toEqual([teachers[0]?.weights, teachers[0]?.statistics]);
    }
  });

  it('asked before and given in, teach the same up to rounding', async () => {
    const plan = planOf(cohort, method, teachers);
    const inputs = inputsOf(plan);
    const within = await oneStep(plan, start(cohort, 1), teachers, inputs);
    const given: StepPlan = { ...planOf(cohort, method), givenTeachers: 2 };
    const said = await Promise.all(
      teachers.map(async (teacher, index) => {
        const [logits] = await evaluated([{ index: 0, ...teacher }], teacher, inputs);
        return [teacherLogitsInput(index), logits as Float32Array];
      }),
    );
    const before = await oneStep(given, start(cohort, 1), [], { ...inputs, ...Object.fromEntries(said) });
    expect(Object.keys(before.tensors)).not.toContain('teacher.0.weights');
    expect(largest(before.weights, within.weights)).toBeLessThan(1e-6);
    expect(largest(before.metrics, within.metrics)).toBeLessThan(1e-5);
  });

  it('teach each by its own view of the same images', async () => {
    const wide = parseModel('mlp-7')([2, 2, 1], CLASSES);
    const other = frozen(wide, 13, 'depth');
    const plan = planOf(cohort, methodFrom({ distillation: { teachers: [{ run: { runId: 'a' } }] } }), [other]);
    const inputs = inputsOf(plan);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(['images.image', 'images.depth']));
    const { metrics } = await oneStep(plan, start(cohort, 1), [other], inputs);
    const changed = { ...inputs, 'images.depth': (inputs['images.depth'] ?? []).map((x) => -x) as Float32Array };
    expect((await oneStep(plan, start(cohort, 1), [other], changed)).metrics[1]).not.toBe(metrics[1]);
    expect((await oneStep(plan, start(cohort, 1), [other], changed)).metrics[0]).toBe(metrics[0]);
  });
});

describe('peers in a training step', () => {
  it('are seen in training mode: by the statistics of this batch, not by running ones', async () => {
    const cohort = members('mlp-5', 'cnn-2');
    const from = start(cohort, 2);
    const plan = planOf(cohort, methodFrom({ mutual: { update: 'SIMULTANEOUS' } }));
    const shifted = { ...from, statistics: from.statistics.map((x) => 3 * x + 1) };
    const first = (metrics: ArrayLike<number>) => metrics[1];
    expect(first((await oneStep(plan, shifted)).metrics)).toBe(first((await oneStep(plan, from)).metrics));
    const [own, peer] = await evaluated(cohort, from, inputsOf(plan));
    expect(first((await oneStep(plan, from)).metrics)).not.toBeCloseTo(divergence(peer ?? [], own ?? [], 1), 3);
  });

  it.each(['ALTERNATING', 'SIMULTANEOUS'])('%s: strategies 1 and 2 make the same step, for three networks at T = 3', async (update) => {
    const cohort = members('mlp-5', 'cnn-2', 'mlp-4');
    const from = start(cohort, 3);
    const step = (target: string) => oneStep(planOf(cohort, methodFrom({ mutual: { update, target, temperature: 3, weight: 2 } })), from);
    const [first, second, logits] = await Promise.all(['PAIRWISE_MEAN', 'ENSEMBLE_PROBABILITIES', 'ENSEMBLE_LOGITS'].map(step));
    expect(largest(first?.weights ?? [], from.weights)).toBeGreaterThan(1e-3);
    expect(largest(first?.weights ?? [], second?.weights ?? [])).toBeLessThan(1e-6);
    // The losses do differ: by the peers' Jensen–Shannon divergence, which no own weight changes.
    expect(second?.metrics[1]).toBeLessThan((first?.metrics[1] ?? 0) - 1e-4);
    // Averaging logits is something else.
    expect(largest(first?.weights ?? [], logits?.weights ?? [])).toBeGreaterThan(1e-5);
  });

  it('alternating: network i sees those before it updated and those after it as they were', async () => {
    const cohort = members('mlp-5', 'cnn-2', 'mlp-4');
    const from = start(cohort, 6);
    const own = (weights: Float32Array) => sliceByMember(weights, parameterCounts(cohort));
    const updated = own((await oneStep(planOf(cohort, methodFrom({ mutual: {} })), from)).weights);
    const simultaneous = planOf(cohort, methodFrom({ mutual: { update: 'SIMULTANEOUS' } }));
    for (const place of [0, 1, 2]) {
      const seen = own(from.weights).map((old, other) => (other < place ? (updated[other] as Float32Array) : old));
      const { weights } = await oneStep(simultaneous, { ...from, weights: concatenate(seen) });
      expect(own(weights)[place]).toEqual(updated[place]);
    }
  });

  it('and labels are two pulls that add up; without labels only the peers’ is left', async () => {
    const cohort = members('mlp-5', 'mlp-4');
    const from = start(cohort, 4);
    const moved = async (method: object) => {
      const { weights } = await oneStep(planOf(cohort, methodFrom(method)), from);
      return weights.map((x, k) => x - (from.weights[k] as number));
    };
    const update = 'SIMULTANEOUS';
    const both = await moved({ mutual: { update } });
    const peers = await moved({ mutual: { update, labelWeight: 0 } });
    const labels = await moved({ independent: {} });
    expect(largest(peers, both)).toBeGreaterThan(1e-4);
    expect(
      largest(
        peers.map((x, k) => x + (labels[k] as number)),
        both,
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('the first network’s step', () => {
  const teachers = [frozen(make('cnn-2'), 11), frozen(make('mlp-7'), 12)];

  it.each([
    [{ independent: {} }],
    [{ distillation: { ...twoTeachers, temperature: 2 } }],
    [{ distillation: { ...twoTeachers, target: 'HARD', weight: 1 } }],
    [{ mutual: { update: 'ALTERNATING', temperature: 2 } }],
    [{ mutual: { update: 'SIMULTANEOUS', target: 'ENSEMBLE_LOGITS', labelWeight: 0 } }],
    [{ mutual: { teaching: { ...twoTeachers, weight: 0.5 }, labelWeight: 2 } }],
    [{ mutual: { update: 'SIMULTANEOUS', features: { weight: 0.5 } } }],
    [{ confidencePenalty: { weight: 0.5 } }],
  ])('of %j goes down its own loss as finite differences have it, peers and teachers held', async (settings) => {
    const method = methodFrom(settings);
    // Eight features at the end, as the cnn has them, where they are compared.
    const cohort = members(method.features ? 'mlp-8' : 'mlp-5', 'cnn-2');
    const from = start(cohort, 5);
    const asked = method.teachers.length > 0 ? teachers : [];
    const plan = planOf(cohort, method, asked);
    const own = parameterCounts(cohort)[0] as number;
    const { weights } = await oneStep(plan, from, asked);
    const gradient = Array.from(weights.subarray(0, own), (x, k) => ((from.weights[k] as number) - x) / 0.1);
    const norm = Math.hypot(...gradient);
    const lossAt = async (by: number) => {
      const moved = from.weights.map((x, k) => x + (by * (gradient[k] ?? 0)) / norm);
      const { metrics } = await oneStep(plan, { ...from, weights: moved }, asked);
      return method.terms.reduce((sum, _, column) => sum + (metrics[column] as number), 0);
    };
    const slope = ((await lossAt(0.01)) - (await lossAt(-0.01))) / 0.02;
    expect(slope / norm).toBeCloseTo(1, 2);
  });
});
