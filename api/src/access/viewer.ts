import { ApiError } from '../errors.ts';
import { type FindToken, type KnownToken, unknownToken } from './tokens.ts';

/** Who asks. */
export type Viewer = {
  token: KnownToken | undefined;
  /** Reading is open to everyone on this machine. */
  openReading: boolean;
};

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
export async function findViewer(findToken: FindToken, credentials: Credentials): Promise<Viewer> {
  const { openReading } = credentials;
  const bearer = bearerOf(credentials.authorization);
  if (bearer) {
    const token = await findToken(bearer);
    if (!token) throw unknownToken();
    return { token, openReading };
  }
  return { token: await findFirst(findToken, readKeys(credentials.cookie ?? '')), openReading };
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

/** @throws UNAUTHENTICATED unless the viewer may read. */
export function requireReader({ token, openReading }: Viewer): void {
  if (!token && !openReading)
    throw new ApiError('UNAUTHENTICATED', 'Reading needs the key: open the link that Studyhall printed, or send a token.');
}

/** @throws UNAUTHENTICATED unless the viewer is known at all. */
export function requireToken({ token }: Viewer): KnownToken {
  if (!token) throw new ApiError('UNAUTHENTICATED', 'This needs the key: open the link that Studyhall printed, or send a token.');
  return token;
}

/** @returns the person's name. @throws unless the viewer may write. */
export function requirePerson(viewer: Viewer): string {
  const token = requireToken(viewer);
  if (token.role !== 'PERSON') throw new ApiError('FORBIDDEN', 'This is for people; the token is a trainer’s.');
  return token.name;
}

/** @returns the trainer's token. @throws unless the viewer is a trainer. */
export function requireTrainer(viewer: Viewer): KnownToken {
  const token = requireToken(viewer);
  if (token.role !== 'TRAINER') throw new ApiError('FORBIDDEN', 'This is for trainers; the token is a person’s.');
  return token;
}

function readKeys(header: string): string[] {
  const keys = header.split(';').flatMap((part) => {
    const [name = '', ...value] = part.trim().split('=');
    return keyCookie.test(name) ? [value.join('=')] : [];
  });
  return [...new Set(keys)].filter(Boolean).slice(0, mostKeys);
}
