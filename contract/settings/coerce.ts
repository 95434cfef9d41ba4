import { cutName, maxProblems, type Problem, quote } from './problem.ts';
import { outOfRange } from './range.ts';
import { type InputType, inputType, type Setting, type SettingKind, type Settings } from './settings.ts';
import { written } from './written.ts';

/** Most entries of any list. */
const maxItems = 10_000;

/** What is said of a setting that has to be given, and is not. */
export const required = 'is required.';

type Path = readonly (string | number)[];
type Reading = { readonly settings: Settings; readonly problems: Problem[] };

/**
 * Turns a plain value into what an input of the contract means: defaults filled in at every depth (also inside defaults), absent optional
 * settings as null, of a `@oneOf` the one entry. Unlike GraphQL's own coercion it collects all problems, each with its path and what is
 * allowed, and it checks `@range`. To coerce what was coerced changes nothing.
 *
 * @param type name of the input type
 * @param path of the value, which is put before those of its problems
 * @returns a value that holds what the type says exactly if there are no problems.
 */
export function coerce(settings: Settings, type: string, value: unknown, path: Path = []): { value: unknown; problems: Problem[] } {
  const reading: Reading = { settings, problems: [] };
  const coerced = isAbsent(value) ? refuse(reading, path, required) : coerceInput(reading, inputType(settings, type), value, path);
  return { value: coerced, problems: reading.problems };
}

/** The value that a setting has by default; undefined where it has none. */
export function defaultOf(settings: Settings, field: Setting): unknown {
  return field.default === undefined ? undefined : coerceSetting({ settings, problems: [] }, field, field.default, []);
}

function coerceInput(reading: Reading, type: InputType, value: unknown, path: Path): unknown {
  const names = type.fields.map(({ name }) => name);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(
      reading,
      path,
      `is ${quote(value)}; it has to be an object with ${type.oneOf ? 'one of ' : ''}the fields ${names.join(', ')}.`,
    );
  const given = new Map(Object.entries(value));
  for (const key of given.keys())
    if (!names.includes(key)) refuse(reading, [...path, cutName(key)], `is not a setting here; allowed: ${names.join(', ')}.`);
  if (type.oneOf) return coerceOneOf(reading, type, given, path);
  return Object.fromEntries(
    type.fields.map((field) => {
      const own = given.get(field.name);
      return [field.name, coerceSetting(reading, field, own === undefined ? field.default : own, [...path, field.name])];
    }),
  );
}

function coerceOneOf(reading: Reading, { fields }: InputType, given: ReadonlyMap<string, unknown>, path: Path): unknown {
  const chosen = [...given].flatMap(([key, value]) => (isAbsent(value) ? [] : (fields.find(({ name }) => name === key) ?? [])));
  const [field] = chosen;
  if (!field || chosen.length > 1) {
    const found = field ? `${chosen.map(({ name }) => name).join(' and ')} are given` : 'none is given';
    return refuse(reading, path, `needs exactly one of ${fields.map(({ name }) => name).join(', ')}; ${found}.`);
  }
  return { [field.name]: coerceSetting(reading, field, given.get(field.name), [...path, field.name]) };
}

function coerceSetting(reading: Reading, field: Setting, value: unknown, path: Path): unknown {
  if (isAbsent(value)) return field.required || field.default !== undefined ? refuse(reading, path, required) : null;
  if (!field.list) return coerceOne(reading, field, value, path);
  if (!Array.isArray(value)) return refuse(reading, path, `is ${quote(value)}; it has to be a list.`);
  if (value.length > maxItems)
    return refuse(reading, path, `has ${written(value.length)} entries; no list here may have more than ${written(maxItems)}.`);
  return value.map((item: unknown, index) =>
    isAbsent(item) ? refuse(reading, [...path, index], required) : coerceOne(reading, field, item, [...path, index]),
  );
}

function coerceOne(reading: Reading, { kind, type, range }: Setting, value: unknown, path: Path): unknown {
  if (kind === 'input') return coerceInput(reading, inputType(reading.settings, type), value, path);
  if (kind === 'json') return value;
  if (kind === 'enum') {
    const names = reading.settings.enums[type]?.values.map(({ name }) => name) ?? [];
    return names.includes(value as string) ? value : refuse(reading, path, `is ${quote(value)}; allowed: ${names.join(', ')}.`);
  }
  const wanted = isOf[kind](value) ? undefined : `is ${quote(value)}; it has to be ${called[kind]}.`;
  const problem = wanted ?? (typeof value === 'number' ? outOfRange(value, range) : undefined);
  return problem === undefined ? value : refuse(reading, path, problem);
}

type Scalar = Exclude<SettingKind, 'input' | 'enum' | 'json'>;

const isText = (value: unknown) => typeof value === 'string';

const isOf: { readonly [K in Scalar]: (value: unknown) => boolean } = {
  int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  float: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  string: isText,
  id: isText,
};

const called: { readonly [K in Scalar]: string } = {
  int: 'a whole number',
  float: 'a finite number',
  boolean: 'true or false',
  string: 'a text',
  id: 'a text',
};

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

function refuse({ problems }: Reading, path: Path, message: string): undefined {
  if (problems.length < maxProblems) problems.push({ path: path.join('.'), message });
  return undefined;
}
