import { badInput } from '../errors.ts';

/** Deepest nesting of a value from outside. A spec is 7 deep. */
export const maxNesting = 32;

/**
 * Refuses a JSON value that is nested too deep to be walked by recursion, as GraphQL, Prisma and JSON.stringify do. Itself it does not
 * recurse.
 *
 * @throws BAD_INPUT
 */
export function checkNesting(value: unknown): void {
  let level: object[] = isObject(value) ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxNesting) throw badInput(`A value may be nested ${maxNesting} levels deep; this one is deeper.`);
    const next: object[] = [];
    for (const item of level) for (const inner of Array.isArray(item) ? item : Object.values(item)) if (isObject(inner)) next.push(inner);
    level = next;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
