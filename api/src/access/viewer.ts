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
  /** Header x-studyhall-web: `public` if the web server that passed this on can be reached from other machines. */
  web?: string | undefined;
};

/** Name of the cookie that holds a person's key. */
export const keyCookie = 'studyhall_key';

/**
 * Who sends these credentials.
 *
 * @param onLoopback whether the API is bound to loopback: a peer's address would prove nothing.
 * @throws UNAUTHENTICATED for a token that is not known. A stale cookie is no more than no cookie.
 */
export async function findViewer(tx: Tx, credentials: Credentials, onLoopback: boolean): Promise<Viewer> {
  const openReading = onLoopback && credentials.web !== 'public';
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

/** @returns the person's name. @throws unless the viewer may write. */
export function requirePerson({ token }: Viewer): string {
  if (!token) throw new ApiError('UNAUTHENTICATED', 'This needs the key: open the link that Studyhall printed, or send a person token.');
  if (token.role !== 'PERSON') throw new ApiError('FORBIDDEN', 'This is for people; the token is a trainer’s.');
  return token.name;
}

/** @throws unless the viewer is a trainer. */
export function requireTrainer({ token }: Viewer): void {
  if (!token) throw new ApiError('UNAUTHENTICATED', 'This needs a trainer token.');
  if (token.role !== 'TRAINER') throw new ApiError('FORBIDDEN', 'This is for trainers; the token is a person’s.');
}

function readCookie(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}
