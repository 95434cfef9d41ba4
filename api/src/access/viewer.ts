import type { Tx } from '../db.ts';
import { ApiError } from '../errors.ts';
import { findToken, type KnownToken } from './tokens.ts';

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

/** Name of the cookie that holds a person's key. */
export const keyCookie = 'studyhall_key';

/**
 * Who sends these credentials.
 *
 * @throws UNAUTHENTICATED for a token that is not known. A stale cookie is no more than no cookie.
 */
export async function findViewer(tx: Tx, credentials: Credentials): Promise<Viewer> {
  const { openReading } = credentials;
  const bearer = /^Bearer\s+(\S+)$/i.exec(credentials.authorization ?? '')?.[1];
  if (bearer) {
    const token = await findToken(tx, bearer);
    if (!token) throw new ApiError('UNAUTHENTICATED', 'The token in the authorization header is not known here.');
    return { token, openReading };
  }
  const cookie = readCookie(credentials.cookie ?? '', keyCookie);
  return { token: cookie ? await findToken(tx, cookie) : undefined, openReading };
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

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
