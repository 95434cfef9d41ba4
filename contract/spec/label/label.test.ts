import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coerce } from '../../settings/coerce.ts';
import { settings } from '../../settings/contract.ts';
import { inputType, type Setting } from '../../settings/settings.ts';
import { groupText } from '../identity.ts';
import { readSpec } from '../read-spec.ts';
import type { RunSpec } from '../run-spec.ts';
import { type EarlierTeacher, labelOf } from './label.ts';

function specOf(changes: object = {}): RunSpec {
  const base = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } };
  const { spec, problems } = readSpec({ ...base, ...changes });
  expect(problems).toEqual([]);
  return spec as RunSpec;
}

const label = (changes: object = {}, earlier: EarlierTeacher[] = []) =>
  labelOf(specOf(changes), { firstView: 'image', mark: '1a2b3c', earlier });
const groupTeacher = { group: { groupKey: 'k' } };
const large = (changes: object = {}): EarlierTeacher => {
  const spec = specOf({ networks: [{ model: 'cnn-32' }], ...changes });
  return { runId: 'run_mf3k2x9d0a8s6v', network: 0, label: labelOf(spec, { firstView: 'image', mark: '' }), spec };
};

describe('a label', () => {
  it('is the method and its cohort where all else is at its default', () => {
    expect(label()).toBe('Independent · cnn');
    expect(label({ networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} } })).toBe('DML · cnn ×2');
    expect(label({ method: { confidencePenalty: {} } })).toBe('Penalty · cnn · β 0.1');
  });

  it('says what is not, in the order of method, data and training', () => {
    expect(label({ data: { trainSamples: 500 }, training: { epochs: 300 } })).toBe('Independent · cnn · 500 images · 300 epochs');
    expect(label({ training: { optimizer: { sgd: { momentum: 0, nesterov: false } }, gradientClipping: 5 } })).toBe(
      'Independent · cnn · no momentum · no Nesterov · clipped at 5',
    );
    expect(
      label({ training: { optimizer: { adamw: { weightDecay: 0.1 } }, labelSmoothing: 0.1, batchSize: 32, learningRate: 0.001 } }),
    ).toBe('Independent · cnn · batch 32 · lr 0.001 · AdamW · decay 0.1 · smoothed 0.1');
    expect(label({ training: { precision: 'MIXED_FLOAT16' } })).toBe('Independent · cnn · float16');
    expect(label({ data: { trainSamples: 1000, labelledFraction: 0.125, validationFraction: 0, splitSeed: 7 } })).toBe(
      'Independent · cnn · 1,000 images · no validation · 12.5 % labelled · split 7',
    );
    const paper = {
      epochs: 200,
      learningRate: 0.1,
      schedule: { step: { milestones: [60, 120, 180] } },
      augmentation: { flip: true, cropPadding: 4 },
    };
    expect(label({ training: paper })).toBe('Independent · cnn · 200 epochs · lr 0.1 · lr steps at 60, 120, 180 · flip · crop 4');
    const features = { layer: 'LAST', alignment: 'PERMUTATION' };
    expect(label({ networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: { features } } })).toBe(
      'DML · cnn ×2 · + L2 last aligned',
    );
  });

  it('says which networks have dropout, and which see another view, in their order', () => {
    const networks = [
      { model: 'cnn', dropout: 0.5 },
      { model: 'cnn', dropout: 0.5 },
      { model: 'cnn', view: 'depth' },
    ];
    expect(label({ networks })).toBe('Independent · cnn (dropout 0.5) ×2 + cnn (depth)');
    expect(label({ networks: [{ model: 'cnn' }, { model: 'mlp-8' }, { model: 'cnn' }] })).toBe('Independent · cnn + mlp-8 + cnn');
  });

  it('tells a teacher trained within from an earlier one, and an unusual one from the usual', () => {
    const taught = (teacher: object, earlier: EarlierTeacher[] = [], more: object = {}) =>
      label({ method: { distillation: { teachers: [teacher], ...more } } }, earlier);
    expect(taught(groupTeacher, [large()])).toBe('KD · cnn-32 → cnn');
    expect(taught(groupTeacher, [large()], { scaleByTemperatureSquared: false })).toBe('KD · cnn-32 → cnn · T² off');
    expect(taught({ trained: { network: { model: 'cnn-32' } } })).toBe('KD · cnn-32 → cnn · teacher trained within');
    expect(taught({ trained: { network: { model: 'cnn-32' }, epochs: 5 } })).toBe(
      'KD · cnn-32 → cnn · teacher trained within for 5 epochs',
    );
    expect(taught(groupTeacher, [large({ training: { epochs: 300 } })])).toBe('KD · cnn-32 → cnn · teacher 300 epochs');
    expect(taught({ run: { runId: 'run_mf3k2x9d0a8s6v' } }, [large()])).toBe('KD · cnn-32 → cnn · teacher run 0a8s6v');
    const peer = large({ networks: [{ model: 'cnn-32' }, { model: 'cnn' }], method: { mutual: {} } });
    expect(taught(groupTeacher, [{ ...peer, network: 1 }])).toBe('KD · cnn → cnn · teacher (DML · cnn-32 + cnn, network 1)');
    expect(label({ method: { distillation: { teachers: [groupTeacher, { trained: { network: { model: 'mlp-8' } } }] } } }, [large()])).toBe(
      'KD · cnn-32 + mlp-8 → cnn · teacher 2 trained within',
    );
  });

  it('stays short: of many networks, classes or digits the first, and the group’s mark in their place', () => {
    const networks = [1, 2, 3, 4, 5, 6, 6, 6].map((k) => ({ model: `mlp-${1000 + k}` }));
    expect(label({ networks })).toBe('Independent · mlp-1001 + mlp-1002 + mlp-1003 + mlp-1004 + 4 more · #1a2b3c');
    expect(label({ data: { withheldClasses: [3, 5] } })).toBe('Independent · cnn · without classes 3, 5');
    expect(label({ data: { withheldClasses: [3, 5, 7, 9] } })).toBe('Independent · cnn · without classes 3, 5, 7 … · #1a2b3c');
    expect(label({ networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: { temperature: 10 / 3 } } })).toBe(
      'DML · cnn ×2 · T 3.33 · #1a2b3c',
    );
  });

  it('says a setting that it has no words for by its name', () => {
    const training = inputType(settings, 'TrainingInput');
    const novel: Setting = {
      name: 'momentumDecay',
      description: '',
      kind: 'float',
      type: 'Float',
      list: false,
      required: false,
      default: 0,
    };
    const later = { ...settings, inputs: { ...settings.inputs, TrainingInput: { ...training, fields: [...training.fields, novel] } } };
    const of = (more: object) => {
      const spec = specOf();
      return labelOf({ ...spec, training: { ...spec.training, ...more } }, { firstView: 'image', mark: '', settings: later });
    };
    expect([of({}), of({ momentumDecay: 0.1 })]).toEqual(['Independent · cnn', 'Independent · cnn · momentum decay 0.1']);
  });
});

/** Any value that the contract allows for a setting, the default among them. */
function anyOf(field: Setting): fc.Arbitrary<unknown> {
  const { kind, type, range, list, name } = field;
  const least = range?.min ?? (range?.above === undefined ? 0 : range.above + 0.01);
  const one: fc.Arbitrary<unknown> =
    kind === 'input'
      ? anyInput(type)
      : kind === 'int'
        ? fc.integer({ min: least, max: Math.min(range?.max ?? 20, least + 20) })
        : kind === 'float'
          ? fc.constantFrom(...[0.1, 1 / 3, 0.333, 0.5, 0.25, 1, 2].map((value) => Math.min(range?.max ?? 9, Math.max(least, value))))
          : kind === 'enum'
            ? fc.constantFrom(...(settings.enums[type]?.values.map((value) => value.name) ?? []))
            : kind === 'boolean'
              ? fc.boolean()
              : name === 'model'
                ? fc.constantFrom('cnn', 'mlp-8', 'resnet-8')
                : fc.constantFrom('a', 'b');
  const many = list ? fc.array(one, { minLength: 1, maxLength: 4 }) : one;
  return field.required ? many : fc.option(many, { nil: undefined, freq: 2 });
}

function anyInput(name: string): fc.Arbitrary<unknown> {
  const { fields, oneOf } = inputType(settings, name);
  const alone = fields.filter((field) => name !== 'TeacherInput' || field.name === 'trained');
  if (oneOf) return fc.oneof(...alone.map((field) => anyOf({ ...field, required: true }).map((value) => ({ [field.name]: value }))));
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, anyOf(field)])));
}

const anySpec = anyInput('RunSpecInput').map((value) => {
  const { value: spec, problems } = coerce(settings, 'RunSpecInput', value);
  expect(problems).toEqual([]);
  return { ...(spec as RunSpec), dataset: 'd' };
});

describe('two groups on one dataset', () => {
  it('never bear the same label, unless both were cut, and one group never two', () => {
    const data = { hash: 'sha256:0', firstView: 'a' };
    const labels = new Map<string, string>();
    fc.assert(
      fc.property(anySpec, (spec) => {
        const text = groupText(spec, data);
        const own = labelOf(spec, { firstView: 'a', mark: '' });
        if (own.endsWith('#')) return;
        expect(labels.get(own) ?? text).toBe(text);
        labels.set(own, text);
      }),
      { numRuns: 500 },
    );
    expect(new Set(labels.values()).size).toBe(labels.size);
  });

  it('differ by label wherever one setting differs', () => {
    fc.assert(
      fc.property(anySpec, anySpec, fc.constantFrom('data', 'training', 'method', 'networks'), (spec, other, key) => {
        const changed = { ...spec, [key]: other[key as keyof RunSpec] } as RunSpec;
        const data = { hash: 'sha256:0', firstView: 'a' };
        const [one, two] = [spec, changed].map((each) => labelOf(each, { firstView: 'a', mark: groupText(each, data) }));
        expect(one === two).toBe(groupText(spec, data) === groupText(changed, data));
      }),
      { numRuns: 500 },
    );
  });
});
