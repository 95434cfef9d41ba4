import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

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

describe('settings read from the contract', () => {
  it('keeps order, descriptions, defaults, bounds and units', () => {
    expect(settings.inputs.Spec?.fields.map((field) => field.name)).toEqual(['dataset', 'nets', 'method', 'training', 'extra']);
    expect(settings.inputs.Training?.fields[0]).toEqual({
      name: 'epochs',
      description: 'Passes.',
      kind: 'int',
      type: 'Int',
      list: false,
      required: false,
      default: 20,
      range: { min: 1, max: 2000, unit: 'epochs' },
    });
  });

  it('knows what must be given, what is one of several, and the enums', () => {
    expect(settings.inputs.Spec?.fields.filter((field) => field.required).map((field) => field.name)).toEqual([
      'dataset',
      'nets',
      'method',
    ]);
    expect(settings.inputs.Method?.oneOf).toBe(true);
    expect(settings.enums.How?.values).toEqual([
      { name: 'A', description: 'first' },
      { name: 'B', description: '' },
    ]);
  });

  it('says which type is missing', () => {
    expect(() => readSettings(contract, 'Nothing')).toThrow('no input type Nothing');
  });

  it('refuses what no reader of settings understands: two ways to leave something out, holes in lists, other scalars', () => {
    const read = (fields: string) => () => readSettings(buildSchema(`scalar Bytes type Query { a: Int } input Spec { ${fields} }`), 'Spec');
    expect(read('a: Int = 3')).toThrow('Spec.a has a default and may be null: settings know one way to leave something out. Write Int!.');
    expect(read('a: [Int]!')).toThrow('Spec.a is a list whose items may be null: write [Int!].');
    expect(read('a: Bytes')).toThrow('Spec.a is of the scalar Bytes, which settings do not know.');
  });
});
