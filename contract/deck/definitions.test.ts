import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readQuestion } from '../analysis/question.ts';
import { type Data, groupText } from '../spec/identity.ts';
import type { RunSpec } from '../spec/run-spec.ts';
import { resolvePreset } from './resolve.ts';
import { type Preset, presetTeacher, type System, scales } from './system.ts';
import { systems } from './systems.ts';

const classes = (count: number) => ({ classCount: count, hash: `sha256:${'a'.repeat(64)}` });
/** As a machine with all of the deck's data announces them. */
const datasets: Record<string, Omit<Parameters<typeof resolvePreset>[1], 'name'>> = {
  'shapes-16': {
    ...classes(20),
    trainSize: 4000,
    views: [
      { name: 'rgb', shape: [16, 16, 3] },
      { name: 'depth', shape: [16, 16, 1] },
    ],
  },
  'fashion-mnist': { ...classes(10), trainSize: 60_000, views: [{ name: 'image', shape: [28, 28, 1] }] },
  mnist: { ...classes(10), trainSize: 60_000, views: [{ name: 'image', shape: [28, 28, 1] }] },
  'cifar-100': { ...classes(100), trainSize: 50_000, views: [{ name: 'image', shape: [32, 32, 3] }] },
  'utd-mhad': {
    ...classes(27),
    trainSize: 431,
    views: [
      { name: 'skeleton', shape: [64, 60] },
      { name: 'inertial', shape: [64, 6] },
    ],
  },
};

const keyOf = (spec: RunSpec, data: Data) => createHash('sha256').update(groupText(spec, data)).digest('hex');
const resolve = (preset: Preset) => {
  const dataset = datasets[preset.dataset];
  if (!dataset) throw new Error(`no such data: ${preset.dataset}`);
  return resolvePreset(preset, { ...dataset, name: preset.dataset }, keyOf);
};
const presets = systems.flatMap((system) => system.presets.map((preset) => ({ name: `${system.slug}, ${preset.scale}`, system, preset })));

describe('the deck', () => {
  it('has a system of each row once, at three scales', () => {
    expect(new Set(systems.map(({ slug }) => slug)).size).toBe(systems.length);
    expect(systems.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    for (const system of systems) expect(system.presets.map(({ scale }) => scale)).toEqual(scales);
  });

  it.each(presets)('$name: every group is a spec that would be taken', ({ preset }) => {
    const { groups, problems } = resolve(preset);
    expect(problems).toEqual([]);
    expect(groups.every(({ groupKey }) => /^[0-9a-f]{64}$/.test(groupKey))).toBe(true);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
    expect(new Set(groups.map(({ groupKey }) => groupKey)).size, 'no group stands twice').toBe(groups.length);
    expect(JSON.stringify(groups)).not.toContain(presetTeacher);
  });

  it('takes no augmentation where a network or a teacher sees no pictures, or pictures of another extent', () => {
    const views = [
      { name: 'near', shape: [16, 16, 3] },
      { name: 'far', shape: [8, 8, 3] },
      { name: 'motion', shape: [20, 6] },
    ];
    const group = (key: string, view: string, method: object) => ({
      key,
      title: key,
      spec: { dataset: 'many', networks: [{ model: 'mlp-8', view }], method, training: { augmentation: { flip: true } } },
      seeds: [1],
      x: null,
      series: null,
    });
    const student = (teacher: string) => ({ distillation: { teachers: [{ group: { groupKey: `${presetTeacher}${teacher}` } }] } });
    const groups = [
      group('near', 'near', { independent: {} }),
      group('far', 'far', { independent: {} }),
      group('moving', 'motion', { independent: {} }),
      group('taught by its like', 'near', student('near')),
      group('taught from far', 'near', student('far')),
    ];
    const { problems } = resolvePreset({ groups }, { ...classes(3), name: 'many', trainSize: 1000, views }, keyOf);
    expect(problems.map(({ path }) => path)).toEqual(['moving.training.augmentation', 'taught from far.training.augmentation']);
  });

  it.each(presets)('$name: compares only networks that there are', ({ preset }) => {
    expect(preset.contrasts.length).toBeGreaterThan(0);
    for (const { of, against } of preset.contrasts)
      for (const { group, network } of [of, against]) {
        const networks = preset.groups.find(({ key }) => key === group)?.spec.networks.length ?? 0;
        if (network === null) expect(networks).toBeGreaterThan(1);
        else expect(network).toBeLessThan(networks);
      }
  });

  it('stays small at the tiny scale: generated 16 × 16 pictures, at most 1,000 of them, three seeds', () => {
    for (const { preset } of presets.filter(({ preset }) => preset.scale === 'TINY'))
      for (const { spec, seeds } of preset.groups) {
        expect(spec.dataset).toBe('shapes-16');
        expect((spec.data as { trainSamples: number }).trainSamples).toBeLessThanOrEqual(1000);
        expect(seeds).toEqual([1, 2, 3]);
      }
  });

  it('has more than one seed everywhere, and trains to the last epoch', () => {
    for (const { preset } of presets)
      for (const { spec, seeds } of preset.groups) {
        expect(seeds.length).toBeGreaterThanOrEqual(3);
        expect(spec.training).not.toHaveProperty('selection');
      }
  });

  it('follows the published recipes at the paper’s scale, and says what is not published', () => {
    for (const { system, preset } of presets.filter(({ preset }) => preset.dataset === 'cifar-100')) {
      const recipe = system.slug === 'baseline-kd' ? [240, 0.05, [150, 180, 210], false] : [200, 0.1, [60, 120, 180], true];
      const [epochs, learningRate, milestones, nesterov] = recipe;
      for (const { spec } of preset.groups) {
        expect(spec.training).toEqual({
          epochs,
          learningRate,
          batchSize: 64,
          // Divides by 10 unless it says otherwise.
          schedule: { step: { milestones } },
          optimizer: { sgd: { momentum: 0.9, nesterov, weightDecay: 0.0005 } },
          augmentation: { flip: true, cropPadding: 4 },
        });
      }
      const weightDecay = [...system.notes, ...system.references.map(({ setting }) => setting)].filter((text) => text.includes('5e-4'));
      expect(weightDecay.length, system.slug).toBe(1);
    }
  });

  it('asks for the runs that databases hold: its keys never change', () => {
    const all = presets.map(({ system, preset }) => ({
      row: system.row,
      lines: resolve(preset).groups.map(({ key, groupKey }) => `${system.slug} ${preset.scale} ${key} ${groupKey}`),
    }));
    const asking = [12, 13, 14, 16, 17, 19];
    const lines = all.filter(({ row }) => !asking.includes(row)).flatMap((one) => one.lines);
    expect(lines.length).toBe(207);
    expect(createHash('sha256').update(lines.join('\n')).digest('hex')).toBe(
      'f48542c782eb83cb4188fd35ebef36feab1ed1b180a6f2960733cf95a7300de2',
    );
    // The systems that ask about trained networks train none of their own.
    const keyIn = (line: string) => line.split(' ').at(-1);
    const trained = new Set(lines.map(keyIn));
    for (const line of all.filter(({ row }) => asking.includes(row)).flatMap((one) => one.lines)) expect(trained).toContain(keyIn(line));
  });

  it('asks questions that can be read, of every run of a preset', () => {
    for (const { preset } of presets) for (const question of preset.questions) expect(readQuestion(question).problems).toEqual([]);
  });

  it('asks several groups at once only of networks that there are', () => {
    for (const { preset } of presets)
      for (const { question, networks, reference } of preset.together) {
        expect(readQuestion(question).problems).toEqual([]);
        for (const { group, network } of [...networks, ...(reference ? [reference] : [])])
          expect(network).toBeLessThan(preset.groups.find(({ key }) => key === group)?.spec.networks.length ?? 0);
      }
  });

  it('calls each network of a sentence by the number that it has', () => {
    const sides = systems.flatMap(({ presets }) =>
      presets.flatMap(({ contrasts }) => contrasts.flatMap(({ of, against }) => [of, against])),
    );
    const numbered = sides.flatMap(({ name, network }) => (/\b\w+ \d+,/.test(name) ? [[name, network] as const] : []));
    expect(numbered.length).toBeGreaterThan(50);
    for (const [name, network] of numbered) expect(name).toMatch(new RegExp(`network ${network},`));
  });

  it('shares equal groups between systems', () => {
    const keys = (slug: string, scale = 'TINY') => {
      const system = systems.find((candidate) => candidate.slug === slug) as System;
      const { groups } = resolve(system.presets.find((preset) => preset.scale === scale) as Preset);
      return new Map(groups.map(({ key, groupKey }) => [key, groupKey]));
    };
    expect(keys('accuracy-curve')).toEqual(keys('mutual'));
    expect(keys('update-order').get('mutual')).toBe(keys('mutual').get('mutual'));
    expect(keys('cohort-size').get('independent-2')).toBe(keys('mutual').get('independent'));
    expect(keys('cohort-size').get('independent-1')).toBe(keys('baseline-kd').get('alone'));
    expect(keys('cohort-strategy-1').get('pairwise')).toBe(keys('cohort-strategy-2').get('pairwise'));
  });
});
