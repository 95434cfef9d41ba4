import type { Role } from '../generated/prisma/client.ts';
import { nameByToken } from './token-name.ts';
import type { KnownToken } from './tokens.ts';

/** Who calls, and by what: a key in the home, a token, a session, or nothing. Found once for each request; rights and names come from it. */
export type Caller =
  /** Nobody known, where one has to be: on a team's server. */
  | { kind: 'stranger' }
  /** Whoever sits at this machine, which nobody else is meant to reach. */
  | { kind: 'visitor' }
  | Person
  | Trainer;

/** By a token, or by a session of their account. */
export type Person = { kind: 'person'; name: string; role: Role } & ({ tokenId: string } | { personId: string; sessionId: string });

export type Trainer = { kind: 'trainer'; name: string; tokenId: string };

/** Who comes with a token. */
export function callerOf(token: KnownToken): Person | Trainer {
  const { id: tokenId, name, role, scope } = token;
  if (role === 'TRAINER') return { kind: 'trainer', name, tokenId };
  return { kind: 'person', name: nameByToken(token), role: scope ?? 'VIEWER', tokenId };
}

/** A session that is open. */
export type KnownSession = { id: string; personId: string; name: string; role: Role };

/** Who comes with a session. */
export const signedIn = ({ id: sessionId, personId, name, role }: KnownSession): Person => ({
  kind: 'person',
  name,
  role,
  personId,
  sessionId,
});

/** Who shares turns and room with whom: all windows of a person do. */
export function clientOf(caller: Caller): string {
  if ('tokenId' in caller) return caller.tokenId;
  return 'personId' in caller ? caller.personId : 'anonymous';
}
