import { readSettings } from '@studyhall/contract/settings/read-settings.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { draftOf, optionDraft } from './draft.ts';
import { settingLabel } from './labels.ts';
import { describeRange } from './range.ts';
import { readDraft } from './read-draft.ts';

const contract = buildSchema(`
  directive @range(min: Float, max: Float, above: Float, unit: String) on INPUT_FIELD_DEFINITION
  type Query { a: Int }
  input Spec {
    "Name."
    dataset: String!
    nets: [Net!]!
    method: Method!
    training: Training! = {}
    extra: Training
  }
  input Net { model: String!  view: String }
  input Method @oneOf { alone: Alone  taught: Taught }
  input Alone { enabled: Boolean! = true }
  input Taught { temperature: Float! = 4 @range(above: 0, max: 100)  how: How! = B }
  enum How { "first" A  B }
  input Training {
    "Passes."
    epochs: Int! = 20 @range(min: 1, max: 2000, unit: "epochs")
    schedule: Schedule! = { cosine: {} }
  }
  input Schedule @oneOf { step: Step  cosine: Cosine }
  input Step { milestones: [Int!]! @range(min: 1) }
  input Cosine { end: Float! = 0 }
`);
const settings = readSettings(contract, 'Spec');

describe('a draft', () => {
  it('starts at the defaults, the first of several options, and one item where items are needed', () => {
    expect(draftOf(settings, 'Spec')).toEqual({
      dataset: '',
      nets: [{ model: '', view: '' }],
      method: { alone: { enabled: true } },
      training: { epochs: '20', schedule: { cosine: { end: '0' } } },
      extra: null,
    });
  });

  it('shows a given spec', () => {
    const draft = draftOf(settings, 'Spec', {
      dataset: 'shapes',
      method: { taught: { temperature: 2 } },
      training: { schedule: { step: { milestones: [60, 120] } } },
    });
    expect(draft.method).toEqual({ taught: { temperature: '2', how: 'B' } });
    expect(draft.training).toEqual({ epochs: '20', schedule: { step: { milestones: '60, 120' } } });
    expect(optionDraft(settings, 'Method', 'taught')).toEqual({ taught: { temperature: '4', how: 'B' } });
  });

  it('reads back to the spec it shows', () => {
    const spec: JsonValue = {
      dataset: 'shapes',
      nets: [{ model: 'cnn' }, { model: 'mlp-10', view: 'depth' }],
      method: { taught: { temperature: 2.5, how: 'A' } },
      training: { epochs: 3, schedule: { step: { milestones: [1, 2] } } },
    };
    expect(readDraft(settings, 'Spec', draftOf(settings, 'Spec', spec))).toEqual({ value: spec, problems: [] });
  });

  it('names what is missing, no number, or out of bounds, by path', () => {
    const draft = draftOf(settings, 'Spec', { method: { taught: {} } });
    const { problems } = readDraft(settings, 'Spec', {
      ...draft,
      method: { taught: { temperature: '0', how: 'A' } },
      training: { epochs: '2.5', schedule: { step: { milestones: '1, x' } } },
    });
    expect(problems).toEqual([
      { path: 'dataset', message: 'is required.' },
      { path: 'nets.0.model', message: 'is required.' },
      { path: 'method.taught.temperature', message: 'is 0; it has to be more than 0 and at most 100.' },
      { path: 'training.epochs', message: '2.5 is not a whole number.' },
      { path: 'training.schedule.step.milestones', message: '“x” is not a number.' },
    ]);
  });
});

describe('words for settings', () => {
  it('makes labels of names', () => {
    expect(settingLabel('learningRate')).toBe('Learning rate');
    expect(settingLabel('COMPILED_CPU')).toBe('Compiled CPU');
  });

  it('describes bounds', () => {
    expect(describeRange({ min: 1, max: 20 })).toBe('1 to 20');
    expect(describeRange({ min: 2 })).toBe('2 or more');
    expect(describeRange({ min: 1e-8, max: 100 })).toBe('above 0 (from 1e-8), up to 100');
    expect(describeRange(undefined)).toBe('');
  });
});
