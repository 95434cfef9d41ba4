import { type Caller, callerOf, type KnownSession, signedIn } from './caller.ts';
import { ended, unknownToken } from './token-end.ts';
import type { FindToken } from './tokens.ts';

/** How tokens and sessions are looked up. */
export type Finders = { find: FindToken; findSession: (text: string) => Promise<KnownSession | undefined> };

export type Credentials = {
  authorization?: string | undefined;
  cookie?: string | undefined;
  /** Whether the request may read without a key. */
  openReading: boolean;
};

/** Cookies that may hold a person's key, or a session. Each Studyhall names its own: a browser sends those of all on a host to each of its ports. */
const keyCookie = /^studyhall_\w+$/;

/** More of them than anybody has; none beyond is looked up. */
const mostKeys = 8;

/**
 * Who sends these credentials.
 *
 * @throws UNAUTHENTICATED for a token that is not known, was revoked or has expired. A stale cookie is no more than no cookie.
 */
export async function findCaller(finders: Finders, credentials: Credentials): Promise<Caller> {
  const bearer = bearerOf(credentials.authorization);
  if (bearer) {
    const token = await finders.find(bearer);
    if (!token) throw unknownToken();
    if (token.end) throw ended(token.end);
    return callerOf(token);
  }
  const caller = await findFirst(finders, readKeys(credentials.cookie ?? ''));
  return caller ?? { kind: credentials.openReading ? 'visitor' : 'stranger' };
}

/** The token in an authorization header. */
export const bearerOf = (authorization = ''): string | undefined => /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];

/** What a session's cookie holds. Tokens have a prefix. */
const session = /^[A-Za-z0-9]{32}$/;

/** The first of these that opens anything here: the others are of other Studyhalls, or stale. */
async function findFirst({ find, findSession }: Finders, keys: readonly string[]): Promise<Caller | undefined> {
  for (const key of keys) {
    if (session.test(key)) {
      const known = await findSession(key);
      if (known) return signedIn(known);
    } else {
      const token = await find(key);
      if (token && !token.end) return callerOf(token);
    }
  }
  return undefined;
}

function readKeys(header: string): string[] {
  const keys = header.split(';').flatMap((part) => {
    const [name = '', ...value] = part.trim().split('=');
    return keyCookie.test(name) ? [value.join('=')] : [];
  });
  return [...new Set(keys)].filter(Boolean).slice(0, mostKeys);
}
