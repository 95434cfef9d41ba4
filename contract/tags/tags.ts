/** Most tags of one run, and most characters of each. */
export const maxTags = 20;
export const longestTag = 40;

/** What ends a tag, wherever one is written: a comma of any script, a line's end, a tab. A space does not. */
const ends = /[,，、،\r\n\t]/;

/**
 * The tags that texts name, in every room: spaces around a tag mean nothing and those within it are single, each tag stands once, and a
 * comma parts two of them also within one text. `['my  tag, other', 'other']` → `['my tag', 'other']`.
 */
export function readTags(texts: readonly string[]): string[] {
  const tags = texts.flatMap((text) => text.split(ends)).map(readTag);
  return [...new Set(tags)].filter(Boolean);
}

/** One tag as it is kept. */
export function readTag(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** What is wrong with the tags of a run, if anything; it goes on from their name. Characters are counted as people see them. */
export function checkTags(tags: readonly string[]): string | null {
  const long = tags.find((tag) => [...tag].length > longestTag);
  if (long !== undefined)
    return `has “${[...long].slice(0, longestTag).join('')}…”, which is ${[...long].length} characters long; at most ${longestTag} are allowed.`;
  return tags.length > maxTags ? `has ${tags.length} tags; at most ${maxTags} are allowed.` : null;
}

/** What a field for tags holds: those that are complete, and the one that is being written, which the last end has not come for yet. */
export function splitTyped(text: string): { complete: string[]; typed: string } {
  const typed = text.split(ends).at(-1) ?? '';
  return { complete: readTags([text.slice(0, text.length - typed.length)]), typed };
}
