import { outOfRange } from '@studyhall/contract/settings/range.ts';
import { rangeOf } from '@studyhall/contract/settings/read-range.ts';
import type { Range } from '@studyhall/contract/settings/settings.ts';
import {
  type GraphQLArgument,
  type GraphQLInputField,
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
  for (const arg of args) check(arg, arg.type, values[arg.name], arg.name);
}

type Field = GraphQLArgument | GraphQLInputField;

function check(field: Field, type: GraphQLInputType, value: unknown, path: string): void {
  if (value === null || value === undefined || boundsOf(field).own) return;
  if (isNonNullType(type)) check(field, type.ofType, value, path);
  else if (isListType(type)) checkList(field, type.ofType, Array.isArray(value) ? value : [value], path);
  else if (isInputObjectType(type))
    for (const inner of Object.values(type.getFields()))
      check(inner, inner.type, (value as Record<string, unknown>)[inner.name], `${path}.${inner.name}`);
  else if (isScalarType(type)) checkScalar(field, type.name, value, path);
}

function checkList(field: Field, type: GraphQLInputType, items: readonly unknown[], path: string): void {
  if (items.length > maxItems) throw badInput(`${path} has ${items.length} entries; at most ${maxItems} are allowed.`);
  for (const [i, item] of items.entries()) check(field, type, item, `${path}.${i}`);
}

function checkScalar(field: Field, scalar: string, value: unknown, path: string): void {
  if (scalar === 'JSON') checkJson(value, boundsOf(field), path);
  else if (typeof value === 'string') checkText(value, boundsOf(field), path);
  const problem = typeof value === 'number' ? outOfRange(value, knownRangeOf(field)) : undefined;
  if (problem) throw badInput(`${path} ${problem}`);
}

function checkText(text: string, { maxLength = maxText, lenient }: Bounds, path: string): void {
  if (lenient) return;
  if (text.length > maxLength) throw badInput(`${path} has ${text.length} characters; at most ${maxLength} are allowed.`);
  const unstorable = findUnstorable(text);
  if (unstorable) throw badInput(`${path} holds ${unstorable}, which cannot be stored: leave it out.`);
}

function checkJson(value: unknown, { maxLength = maxJson }: Bounds, path: string): void {
  const text = JSON.stringify(value);
  if (text.length > maxLength) throw badInput(`${path} has ${text.length} characters as JSON; at most ${maxLength} are allowed.`);
  // JSON writes both of them as escapes, and a backslash of the text itself as two.
  if (/(?<!\\)(\\\\)*\\u(0000|d[89a-f]..)/.test(text))
    throw badInput(`${path} holds U+0000 or half a surrogate pair, which cannot be stored: leave it out.`);
}

/** Read once for each field: a commit of 25 epochs asks hundreds of times. */
const ranges = new WeakMap<Field, Range | undefined>();

function knownRangeOf(field: Field): Range | undefined {
  if (!ranges.has(field)) ranges.set(field, rangeOf(field));
  return ranges.get(field);
}

const boundsOf = ({ extensions }: Field) => (extensions.bounds ?? {}) as Bounds;
