/** The cookie of one Studyhall, and where it is valid. */
export type KeyCookie = { name: string; path: string };

/** Cookies of Studyhalls, this one's and those of others on the same host: a browser sends all of them to each. */
const studyhalls = /^studyhall_\w+$/;

/** What can be a key at all: visible ASCII without what parts cookies. */
const wellFormed = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]{1,512}$/;

/** Whether a text can be a key, or a session. */
export const isKey = (text: string): boolean => wellFormed.test(text);

/**
 * The cookie's name: by port, for cookies are shared by all ports of a host, and by instance, for another Studyhall may listen there next.
 */
export function keyCookieName(port: number, instance: string): string {
  return `studyhall_${port}_${instance}`;
}

/**
 * What of a Cookie header the API is to see: whatever may be a key. It knows its own; what it does not know counts as nothing. All else
 * (other programs' cookies, what is malformed or too long to be a key) stays here.
 */
export function keyCookies(header: string | undefined | null): string | undefined {
  const kept = parts(header).filter(({ name, value }) => studyhalls.test(name) && wellFormed.test(value));
  return kept.length > 0 ? kept.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined;
}

/** The well-formed values of the cookie of that name, and whether there are any values of it at all. */
export function ownKeys(header: string | undefined | null, name: string): { keys: string[]; present: boolean } {
  const own = parts(header).filter((part) => part.name === name);
  return { keys: own.map(({ value }) => value).filter((value) => wellFormed.test(value)), present: own.length > 0 };
}

/** Headers that keep a key for a year, out of reach of scripts. */
export function keepKey({ name, path }: KeyCookie, key: string, secure: boolean): string[] {
  const attributes = `HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return [
    // One from before the sub-path was set would be sent, too.
    ...(path === '/' ? [] : [`${name}=; Path=/; Max-Age=0; ${attributes}`]),
    `${name}=${key}; Path=${path}; Max-Age=31536000; ${attributes}`,
  ];
}

/** Headers that make a browser forget its key, wherever it lies. */
export function forgetKey({ name, path }: KeyCookie): string[] {
  return [...new Set(['/', path])].map((place) => `${name}=; Path=${place}; Max-Age=0; HttpOnly; SameSite=Lax`);
}

function parts(header: string | undefined | null): { name: string; value: string }[] {
  return (header ?? '').split(';').flatMap((part) => {
    const at = part.indexOf('=');
    return at < 0 ? [] : [{ name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() }];
  });
}
