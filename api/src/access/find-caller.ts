import { type Caller, callerOf } from './caller.ts';
import { type FindToken, type KnownToken, unknownToken } from './tokens.ts';

export type Credentials = {
  authorization?: string | undefined;
  cookie?: string | undefined;
  /** Whether the request may read without a key. */
  openReading: boolean;
};

/** Cookies that may hold a person's key. Each Studyhall names its own: a browser sends those of all on a host to each of its ports. */
const keyCookie = /^studyhall_\w+$/;

/** More of them than anybody has; none beyond is looked up. */
const mostKeys = 8;

/**
 * Who sends these credentials.
 *
 * @throws UNAUTHENTICATED for a token that is not known. A stale cookie is no more than no cookie.
 */
export async function findCaller(findToken: FindToken, credentials: Credentials): Promise<Caller> {
  const bearer = bearerOf(credentials.authorization);
  if (bearer) {
    const token = await findToken(bearer);
    if (!token) throw unknownToken();
    return callerOf(token);
  }
  const token = await findFirst(findToken, readKeys(credentials.cookie ?? ''));
  return token ? callerOf(token) : { kind: credentials.openReading ? 'visitor' : 'stranger' };
}

/** The token in an authorization header. */
export const bearerOf = (authorization = ''): string | undefined => /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];

/** The first of these that is known here: the others are of other Studyhalls, or stale. */
async function findFirst(findToken: FindToken, keys: readonly string[]): Promise<KnownToken | undefined> {
  for (const key of keys) {
    const token = await findToken(key);
    if (token) return token;
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
