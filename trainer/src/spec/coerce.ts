import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { SpecProblem } from './problem.ts';
import { outOfRange, type Range, rangeOf } from './range.ts';

const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)).slice(0, 80);

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** What is wrong with a value as that scalar; null if nothing. */
const SCALARS: Readonly<Record<string, (value: unknown) => string | null>> = {
  Int: (value) => (Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? null : 'a whole number'),
  Float: (value) => (Number.isFinite(value) ? null : 'a finite number'),
  Boolean: (value) => (typeof value === 'boolean' ? null : 'true or false'),
  String: (value) => (typeof value === 'string' ? null : 'a text'),
  ID: (value) => (typeof value === 'string' ? null : 'a text'),
};

/**
 * Turns plain JSON into what an input type of the contract means: every default filled in, also inside defaults; absent optional settings
 * as null; of a @oneOf the one entry. Unlike GraphQL's own coercion it checks @range and collects everything that is wrong.
 */
export class Coercion {
  readonly problems: SpecProblem[] = [];

  object(type: GraphQLInputObjectType, value: unknown, path: readonly (string | number)[] = []): unknown {
    const names = Object.keys(type.getFields()).join(', ');
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#refuse(path, `is ${show(value)}; it has to be an object with ${type.isOneOf ? 'one of ' : ''}the settings ${names}.`);
    }
    const given = new Map(Object.entries(value));
    for (const key of given.keys()) {
      if (!(key in type.getFields())) this.#refuse([...path, key], `is not a setting here; allowed: ${names}.`);
    }
    if (type.isOneOf) return this.#oneOf(type, given, path, names);
    const fields = Object.values(type.getFields()).map((field) => {
      const own = given.get(field.name);
      return [field.name, this.#field(field, own === undefined ? field.defaultValue : own, path)];
    });
    return Object.fromEntries(fields);
  }

  #oneOf(type: GraphQLInputObjectType, given: ReadonlyMap<string, unknown>, path: readonly (string | number)[], names: string): unknown {
    const chosen = Object.values(type.getFields()).filter(({ name }) => !isAbsent(given.get(name)));
    const [field] = chosen;
    if (field === undefined || chosen.length > 1) {
      const found = field === undefined ? 'none is given' : `${chosen.map(({ name }) => name).join(' and ')} are given`;
      return this.#refuse(path, `needs exactly one of ${names}; ${found}.`);
    }
    return { [field.name]: this.#field(field, given.get(field.name), path) };
  }

  #field(field: GraphQLInputField, value: unknown, path: readonly (string | number)[]): unknown {
    return this.#value(field.type, value, [...path, field.name], rangeOf(field));
  }

  #value(type: GraphQLInputType, value: unknown, path: readonly (string | number)[], range: Range | null): unknown {
    if (isNonNullType(type)) return isAbsent(value) ? this.#refuse(path, 'is required.') : this.#value(type.ofType, value, path, range);
    if (isAbsent(value)) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return this.#refuse(path, `is ${show(value)}; it has to be a list.`);
      return value.map((item, index) => this.#value(type.ofType, item, [...path, index], range));
    }
    if (isInputObjectType(type)) return this.object(type, value, path);
    if (isEnumType(type)) {
      const names = type.getValues().map(({ name }) => name);
      return names.includes(String(value)) ? value : this.#refuse(path, `is ${show(value)}; allowed: ${names.join(', ')}.`);
    }
    const wanted = SCALARS[type.name]?.(value) ?? null;
    if (wanted !== null) return this.#refuse(path, `is ${show(value)}; it has to be ${wanted}.`);
    const beyond = range !== null && typeof value === 'number' ? outOfRange(value, range) : null;
    return beyond === null ? value : this.#refuse(path, beyond);
  }

  #refuse(path: readonly (string | number)[], message: string): undefined {
    this.problems.push({ path: path.join('.'), message });
    return undefined;
  }
}
