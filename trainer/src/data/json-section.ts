import { contentOf } from './content.ts';
import { DataError } from './data-error.ts';
import { textOf } from './text.ts';

/** A text, or a whole number of more digits than a double is sure to hold. */
const TEXT_OR_LONG_NUMBER = /"(?:\\.|[^"\\])*"|(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE])/g;

/** A name of a field, any other text, or what opens and closes objects and lists. */
const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|[{}[\]]/g;

/** A name that is given twice in one object of valid JSON, where only the last one would count; null if there is none. */
const repeatedField = (text: string): string | null => {
  const open: Set<string>[] = [];
  for (const [token, string, colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(string as string) as string;
      const fields = open.at(-1);
      if (fields?.has(name)) return name;
      fields?.add(name);
    }
  }
  return null;
};

/**
 * Whole numbers of 16 and more digits come as texts: as JSON's numbers, two neighbours could become one.
 *
 * @throws DataError for a file that cannot be read, is not JSON, or names a field twice.
 */
export const readJson = async (path: string): Promise<unknown> => {
  const text = textOf(path, await contentOf(path));
  let value: unknown;
  try {
    value = JSON.parse(text.replace(TEXT_OR_LONG_NUMBER, (found) => (found.startsWith('"') ? found : `"${found}"`)));
  } catch (error) {
    throw new DataError(`${path}: is not JSON (${error instanceof Error ? error.message : error})`);
  }
  const repeated = repeatedField(text);
  if (repeated !== null) throw new DataError(`${path}: ${JSON.stringify(repeated)} is given twice in one object; say which of them counts`);
  return value;
};

type Fields = Readonly<Record<string, unknown>>;

/** Reads fields of one JSON object; every fault names the file and the field. */
export class Section {
  readonly #at: string;
  readonly #fields: Fields;

  constructor(at: string, value: unknown, allowed: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DataError(`${at}: must be an object`);
    const unknown = Object.keys(value).find((key) => !allowed.includes(key));
    if (unknown !== undefined) throw new DataError(`${at}: unknown field ${JSON.stringify(unknown)}; there may be ${allowed.join(', ')}`);
    this.#at = at;
    this.#fields = value as Fields;
  }

  fail(field: string, wanted: string): never {
    const value = JSON.stringify(this.#fields[field]);
    throw new DataError(`${this.#at}: ${field} ${value === undefined ? 'is missing' : `is ${value}`}; it must be ${wanted}`);
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  list(field: string, wanted: string): readonly unknown[] {
    const value = this.#fields[field];
    return Array.isArray(value) && value.length > 0 ? value : this.fail(field, wanted);
  }

  text(field: string, wanted: string, fits: (text: string) => boolean): string {
    const value = this.#fields[field];
    return typeof value === 'string' && fits(value) ? value : this.fail(field, wanted);
  }

  object(field: string): unknown {
    return this.#fields[field];
  }
}
