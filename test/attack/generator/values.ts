import { rangeOf } from '@studyhall/contract/settings/read-range.ts';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Chance } from './chance.ts';

/** What is known of the server's things: ids that are real, by what they begin with. */
export type Known = Map<string, string[]>;

const wholes = [0, 1, -1, 2, 50, 200, 201, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1.5, -0];
const fractions = [0, -0, 0.5, 1, 1.0000001, -1, 1e-320, 5e-324, 1e200, -1e308, 3.4e38, 1e-9];
const texts = [
  '',
  'a',
  ' ',
  '\u0000',
  '\ud800',
  'é'.normalize('NFD'),
  '💥',
  'x'.repeat(999),
  'x'.repeat(10_001),
  '%',
  "'; DROP TABLE runs; --",
  '../..',
  'shapes-16',
  'cnn',
  'resnet-8',
];
const jsons: unknown[] = [
  null,
  {},
  [],
  'text',
  -1,
  { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } },
  { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} }, training: { epochs: 1e9 } },
  { dataset: '\ud800', networks: [], method: { mutual: {}, independent: {} } },
  { a: { b: { c: { d: { e: { f: { g: { h: [[[[[[1]]]]]] } } } } } } } },
  { crossEntropy: 1e300 },
  { '\u0000': 1 },
];

/** Most items of all lists within each other: lists of lists of hundreds would take longer to make than to refuse. */
const mostItems = 600;

/**
 * A value for an input: often one that fits, sometimes a bound of it, sometimes what nobody would expect.
 *
 * @param room items that its lists may have.
 */
export function valueFor(
  chance: Chance,
  known: Known,
  field: GraphQLArgument | GraphQLInputField,
  type: GraphQLInputType = field.type,
  room = mostItems,
): unknown {
  if (isNonNullType(type)) return chance.onceIn(60) ? null : valueFor(chance, known, field, type.ofType, room);
  if (chance.onceIn(12)) return null;
  if (isListType(type)) {
    const length = Math.min(chance.one([0, 1, 1, 2, 3, 20, 300]), Math.ceil(room));
    return Array.from({ length }, () => valueFor(chance, known, field, type.ofType, room / length));
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf ? [chance.one(fields)] : fields.filter(({ type: own }) => isNonNullType(own) || chance.onceIn(2));
    return Object.fromEntries(chosen.map((inner) => [inner.name, valueFor(chance, known, inner, inner.type, room)]));
  }
  if (isEnumType(type)) return chance.onceIn(20) ? 'NONSENSE' : chance.one(type.getValues()).name;
  return scalar(chance, known, field, type.name);
}

function scalar(chance: Chance, known: Known, field: GraphQLArgument | GraphQLInputField, name: string): unknown {
  const bounds = boundsOf(field);
  switch (name) {
    case 'Int':
      return chance.one([...wholes, ...bounds.flatMap((bound) => [bound, bound + 1, bound - 1])].filter(Number.isFinite));
    case 'Float':
      return chance.one([...fractions, ...bounds.flatMap((bound) => [bound, bound * 1.01, bound - 1e-9])].filter(Number.isFinite));
    case 'Boolean':
      return chance.onceIn(2);
    case 'ID':
      return chance.onceIn(3) ? chance.one(texts) : chance.one([...known.values()].flat());
    case 'DateTime':
      return chance.one(['2026-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', 'yesterday', '']);
    case 'JSON':
      return chance.one(jsons);
    default:
      return chance.one(texts);
  }
}

/** The bounds that the contract gives. */
function boundsOf(field: GraphQLArgument | GraphQLInputField): number[] {
  return Object.values(rangeOf(field) ?? {}).filter((bound) => typeof bound === 'number');
}
