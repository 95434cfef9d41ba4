/** An address within these pages, for who is to go back there; the first page for whatever leads elsewhere. */
export function insidePath(text: string | null | undefined): string {
  const base = 'http://pages.invalid';
  if (!text?.startsWith('/') || text.length > 2000 || !URL.canParse(text, base)) return '/';
  const { origin, pathname, search } = new URL(text, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
