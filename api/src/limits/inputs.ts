import { outOfRange } from '@studyhall/contract/settings/range.ts';
import { rangeOf } from '@studyhall/contract/settings/read-range.ts';
import type { Range } from '@studyhall/contract/settings/settings.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { badInput } from '../errors.ts';
import { findUnstorable } from './storable.ts';

/** Longest text and most items of a list, where a field does not say more. What a list of one kind may hold, its rule knows. */
const maxText = 1000;
const maxItems = 10_000;

/** Longest JSON, as text. */
const maxJson = 64_000;

/**
 * What an input says of its bounds besides `@range`:
 * - `maxLength` of its text, or of its JSON as text;
 * - `lenient`: the rule cuts its text, and leaves out what cannot be stored, for it may come from a process that is dying;
 * - `own`: a rule checks all of it, to name every fault or to leave a part of it out.
 */
export type Bounds = { maxLength?: number; lenient?: boolean; own?: boolean };

/**
 * Refuses what no rule should have to expect of an argument: numbers beyond their range, texts that are too long or that Postgres cannot
 * store, lists without end.
 *
 * @throws BAD_INPUT with the path
 */
export function checkArguments(args: readonly GraphQLArgument[], values: Record<string, unknown>): void {
  for (const arg of args) {
    const fault = findFault(arg, arg.type, values[arg.name]);
    if (fault !== undefined) throw badInput(`${arg.name}${fault}`);
  }
}

type Field = GraphQLArgument | GraphQLInputField;

/** A path is put together from where a fault was found: a commit has hundreds of values, and nearly never one. */
type Fault = string | undefined;

function findFault(field: Field, type: GraphQLInputType, value: unknown): Fault {
  if (value === null || value === undefined || boundsOf(field).own) return undefined;
  if (isNonNullType(type)) return findFault(field, type.ofType, value);
  if (isListType(type)) return faultOfList(field, type.ofType, Array.isArray(value) ? value : [value]);
  if (isInputObjectType(type)) return faultOfObject(type, value as Record<string, unknown>);
  return isScalarType(type) ? faultOfScalar(field, type.name, value) : undefined;
}

function faultOfList(field: Field, type: GraphQLInputType, items: readonly unknown[]): Fault {
  if (items.length > maxItems) return ` has ${written(items.length)} entries; at most ${written(maxItems)} are allowed.`;
  for (let i = 0; i < items.length; i += 1) {
    const fault = findFault(field, type, items[i]);
    if (fault !== undefined) return `.${i}${fault}`;
  }
  return undefined;
}

function faultOfObject(type: GraphQLInputObjectType, value: Record<string, unknown>): Fault {
  const fields = type.getFields();
  for (const name in fields) {
    const field = fields[name];
    const fault = field && findFault(field, field.type, value[name]);
    if (fault !== undefined) return `.${name}${fault}`;
  }
  return undefined;
}

function faultOfScalar(field: Field, scalar: string, value: unknown): Fault {
  if (scalar === 'JSON') return faultOfJson(value, boundsOf(field));
  if (typeof value === 'string') return faultOfText(value, boundsOf(field));
  const problem = typeof value === 'number' ? outOfRange(value, knownRangeOf(field)) : undefined;
  return problem === undefined ? undefined : ` ${problem}`;
}

function faultOfText(text: string, { maxLength = maxText, lenient }: Bounds): Fault {
  if (lenient) return undefined;
  if (text.length > maxLength) return ` has ${written(text.length)} characters; at most ${written(maxLength)} are allowed.`;
  const unstorable = findUnstorable(text);
  return unstorable ? ` holds ${unstorable}, which cannot be stored: leave it out.` : undefined;
}

function faultOfJson(value: unknown, { maxLength = maxJson }: Bounds): Fault {
  const text = JSON.stringify(value);
  if (text.length > maxLength) return ` has ${written(text.length)} characters as JSON; at most ${written(maxLength)} are allowed.`;
  // JSON writes both of them as escapes, and a backslash of the text itself as two.
  return /(?<!\\)(\\\\)*\\u(0000|d[89a-f]..)/.test(text)
    ? ' holds U+0000 or half a surrogate pair, which cannot be stored: leave it out.'
    : undefined;
}

/** Read once for each field: a commit of 25 epochs asks hundreds of times. */
const ranges = new WeakMap<Field, Range | undefined>();

function knownRangeOf(field: Field): Range | undefined {
  if (!ranges.has(field)) ranges.set(field, rangeOf(field));
  return ranges.get(field);
}

const boundsOf = ({ extensions }: Field) => (extensions.bounds ?? {}) as Bounds;
