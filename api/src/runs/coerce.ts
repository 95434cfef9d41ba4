import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import type { Problem } from '../errors.ts';
import { checkRange, type Range, rangeOf } from '../limits/range.ts';

/** Most problems that are told of one spec, most entries of any of its lists, and most characters of what is quoted. */
const maxProblems = 100;
const maxItems = 10_000;
const maxQuote = 80;

/**
 * Turns a plain value into what an input type means: defaults filled in at every depth (also inside defaults), absent optional fields as
 * null, of a @oneOf the one key. Unlike GraphQL's own coercion it collects all problems, each with its path and what is allowed, and it
 * checks @range.
 */
export function coerce(
  type: GraphQLInputType,
  value: unknown,
  path: readonly (string | number)[],
  problems: Problem[],
  range?: Range,
): unknown {
  const refuse = (message: string) => {
    tell(problems, path, message);
    return undefined;
  };
  if (isNonNullType(type)) {
    if (value === null || value === undefined) return refuse('is required.');
    return coerce(type.ofType, value, path, problems, range);
  }
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    if (!Array.isArray(value)) return refuse(`is ${show(value)}; it has to be a list.`);
    if (value.length > maxItems) return refuse(`has ${value.length} entries; no list here may have more than ${maxItems}.`);
    return value.map((item, i) => coerce(type.ofType, item, [...path, i], problems, range));
  }
  if (isInputObjectType(type)) return coerceObject(type, value, path, problems);
  if (isEnumType(type)) {
    const names = type.getValues().map(({ name }) => name);
    return names.includes(value as string) ? value : refuse(`is ${show(value)}; allowed: ${names.join(', ')}.`);
  }
  if (!isScalarType(type)) return value;
  const problem = checkScalar(type.name, value) ?? (range && typeof value === 'number' ? checkRange(value, range) : undefined);
  return problem ? refuse(problem) : value;
}

function coerceObject(type: GraphQLInputObjectType, value: unknown, path: readonly (string | number)[], problems: Problem[]): unknown {
  const refuse = (message: string) => tell(problems, path, message);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(`is ${show(value)}; it has to be an object with ${type.isOneOf ? 'one of ' : ''}the fields ${names(type)}.`);
    return undefined;
  }
  const given = value as Record<string, unknown>;
  for (const key of Object.keys(given))
    if (!Object.hasOwn(type.getFields(), key))
      tell(problems, [...path, key.slice(0, maxQuote)], `is not a setting here; allowed: ${names(type)}.`);
  if (type.isOneOf) return coerceOneOf(type, given, path, problems);
  const result: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    const item = given[field.name] === undefined ? field.defaultValue : given[field.name];
    result[field.name] = coerce(field.type, item, [...path, field.name], problems, rangeOf(field));
  }
  return result;
}

function coerceOneOf(
  type: GraphQLInputObjectType,
  given: Record<string, unknown>,
  path: readonly (string | number)[],
  problems: Problem[],
): unknown {
  const fields = type.getFields();
  const chosen = Object.keys(given).filter((key) => Object.hasOwn(fields, key) && given[key] !== null && given[key] !== undefined);
  const [key] = chosen;
  const field = key === undefined ? undefined : fields[key];
  if (chosen.length !== 1 || !field) {
    const found = chosen.length === 0 ? 'none is given' : `${chosen.join(' and ')} are given`;
    tell(problems, path, `needs exactly one of ${names(type)}; ${found}.`);
    return undefined;
  }
  return { [field.name]: coerce(field.type, given[field.name], [...path, field.name], problems, rangeOf(field)) };
}

function checkScalar(name: string, value: unknown): string | undefined {
  if (name === 'Int')
    return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31 - 1
      ? undefined
      : `is ${show(value)}; it has to be a whole number.`;
  if (name === 'Float') return Number.isFinite(value) ? undefined : `is ${show(value)}; it has to be a finite number.`;
  if (name === 'Boolean') return typeof value === 'boolean' ? undefined : `is ${show(value)}; it has to be true or false.`;
  if (name === 'String' || name === 'ID') return typeof value === 'string' ? undefined : `is ${show(value)}; it has to be a text.`;
  return undefined;
}

function tell(problems: Problem[], path: readonly (string | number)[], message: string): void {
  if (problems.length < maxProblems) problems.push({ path: path.join('.'), message });
}

const names = (type: GraphQLInputObjectType) => Object.keys(type.getFields()).join(', ');

/** Cut before it is written: a value may be as large as a request. */
function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, maxQuote));
  return (JSON.stringify(value) ?? String(value)).slice(0, maxQuote);
}
