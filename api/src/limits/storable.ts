/** What Postgres does not keep of a text: one character, and halves of UTF-16's pairs. */
export function findUnstorable(text: string): string | undefined {
  if (text.includes('\u0000')) return 'the character U+0000';
  return /\p{Surrogate}/u.test(text) ? 'half a surrogate pair' : undefined;
}

/** What can be kept of a text that comes from a process which may be dying. */
export const storable = (text: string) => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');
