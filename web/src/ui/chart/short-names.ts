/** What all names have in common, and each without it. */
export type ShortNames = { common: string; short: readonly string[] };

const partsOf = (name: string) => name.split(/, | · /);

/** Names of runs and networks are lists of parts: those that all of them have are said once. Where nothing tells two apart, they stay as they are. */
export function shortNames(names: readonly string[]): ShortNames {
  const all = names.map(partsOf);
  const shared = (all[0] ?? []).filter((part) => all.every((parts) => parts.includes(part)));
  const short = all.map((parts) => parts.filter((part) => !shared.includes(part)).join(', '));
  const told = short.every((name) => name !== '') && new Set(short).size === new Set(names).size;
  return told ? { common: shared.join(', '), short } : { common: '', short: names };
}
