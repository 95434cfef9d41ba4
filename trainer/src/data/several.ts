const SHOWN = 3;

/** The first few of some words or sentences, and how many more there are: `a, b, c and 9 more`. */
export const several = (items: readonly string[], separator: ', ' | '; '): string => {
  const shown = items.slice(0, SHOWN).join(separator);
  const more = items.length - SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
};
