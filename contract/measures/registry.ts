import { written } from '../settings/written.ts';
import { entries } from './entries.ts';
import type { Figure, Measure, Scope } from './measure.ts';

const registered = new Map<string, Measure>(entries.map((entry) => [entry.name, entry]));

/** All measures, in the order in which they were registered. */
export function measures(): readonly Measure[] {
  return [...registered.values()];
}

export function measureNamed(name: string): Measure | undefined {
  return registered.get(name);
}

/**
 * Adds a measure, for as long as the process lives or until the returned function is called.
 *
 * @throws if there is one of that name, if its name is no word, or if its bounds are no finite numbers in order.
 */
export function registerMeasure(measure: Measure): () => void {
  const { name, bounds, scopes, splits } = measure;
  if (registered.has(name)) throw new Error(`There is a measure ${name} already.`);
  if (!/^[a-z][A-Za-z0-9]{0,63}$/.test(name))
    throw new Error(`"${name}" is not a valid name of a measure: a letter, then letters and digits.`);
  if (!(Number.isFinite(bounds.min) && Number.isFinite(bounds.max) && bounds.min <= bounds.max))
    throw new Error(`The bounds of ${name}, ${bounds.min} and ${bounds.max}, have to be finite and in order.`);
  if (scopes.length === 0 || splits.length === 0) throw new Error(`${name} needs a scope and a split at least.`);
  registered.set(name, measure);
  return () => void registered.delete(name);
}

/** What is wrong with a reported value; undefined if nothing is. */
export function findFault({ measure: name, split }: Figure, scope: Scope, value: number): string | undefined {
  const measure = registered.get(name);
  if (!measure) {
    const reported = measures().filter(({ column }) => column === undefined);
    return `measure "${name}" is not known; there are ${reported.map((one) => one.name).join(', ')}.`;
  }
  if (measure.column) return `measure ${name} has fields of its own.`;
  if (!measure.scopes.includes(scope))
    return `measure ${name} is not of a ${scope.toLowerCase()}; it is of a ${measure.scopes.join(' or ').toLowerCase()}.`;
  if (!measure.splits.includes(split)) return `measure ${name} is not measured on ${split}; it is on ${measure.splits.join(', ')}.`;
  const { min, max } = measure.bounds;
  return value >= min && value <= max
    ? undefined
    : `value of ${name} is ${written(value)}; it has to be from ${written(min)} to ${written(max)}.`;
}
