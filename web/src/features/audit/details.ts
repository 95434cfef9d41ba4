/** Of an action's arguments, how many are told in a line, and how many characters of each. */
const most = 6;
const longest = 60;

/**
 * What an entry says beside the ids, as words: `role ADMIN`, `days 7`. Nested arguments are told by their own names, lists by their values.
 *
 * @param about the arguments as they were noted: no texts are among them
 * @param ids the entry's, which are shown by themselves
 */
export function detailsOf(about: unknown, ids: readonly string[]): string[] {
  const known = new Set(ids);
  const told = (name: string, value: unknown): string[] => {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) {
      const words = value.filter((one) => !known.has(String(one))).map(String);
      return words.length > 0 ? [`${name} ${words.join(', ')}`] : [];
    }
    if (typeof value === 'object') return Object.entries(value).flatMap(([own, inner]) => told(own, inner));
    return known.has(String(value)) ? [] : [`${name} ${value}`];
  };
  const details = Object.entries((about ?? {}) as object).flatMap(([name, value]) => told(name, value));
  const shown = details.slice(0, most).map((text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text));
  return details.length > most ? [...shown, `${details.length - most} more`] : shown;
}
