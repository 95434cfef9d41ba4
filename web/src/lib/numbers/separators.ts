/** How somebody's language writes numbers: `,` and `.` in English, the other way round in German. */
export type Separators = { group: string; decimal: string };

/** The language of the pages themselves. */
export const english: Separators = { group: ',', decimal: '.' };

/** As a locale such as `de-AT` writes them; as English does if there is no such locale. */
export function separatorsOf(locale: string): Separators {
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8);
    const part = (type: 'group' | 'decimal') => parts.find((each) => each.type === type)?.value;
    return { group: part('group') ?? '', decimal: part('decimal') ?? '.' };
  } catch {
    return english;
  }
}
