import { shortNames } from '@/ui/chart/short-names.ts';

/** Says of an answer's texts what tells its networks apart, in place of their whole names: those stand above it, and in what is saved. */
export function brieflyOf(names: readonly string[]): (text: string) => string {
  const { short } = shortNames(names);
  const told = names
    .map((name, place) => ({ name, brief: short[place] ?? name }))
    // `network 1` begins `network 10`, too.
    .toSorted((one, other) => other.name.length - one.name.length);
  return (text) => told.reduce((said, { name, brief }) => said.replaceAll(name, brief), text);
}
