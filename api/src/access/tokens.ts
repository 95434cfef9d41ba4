import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../db.ts';
import { ApiError, badInput } from '../errors.ts';
import type { Role, TokenRole } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';

/** Whose token a text is, if it is one and has not been revoked. */
export type FindToken = (text: string) => Promise<KnownToken | undefined>;

/** Scope: what a person's token may do at most; a trainer's has none. */
export type KnownToken = { id: string; name: string; role: TokenRole; scope: Role | null };

export type TokenRequest = { name: string; role: TokenRole; scope?: Role; createdBy: string | null };

/** Tokens have 256 random bits: a plain hash is enough, nothing can be guessed from it. */
export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Stores a new token. @returns its text, which is kept nowhere. */
export async function createToken(tx: Tx, { name, role, scope, createdBy }: TokenRequest): Promise<string> {
  const clean = name.trim();
  if (!clean || clean.length > 100) throw badInput('name has to have 1 to 100 characters.');
  const text = `${role === 'PERSON' ? 'shp' : 'sht'}_${randomBytes(32).toString('base64url')}`;
  await tx.token.create({
    data: { id: newId('Token'), name: clean, role, scope: role === 'PERSON' ? (scope ?? 'MEMBER') : null, hash: hashOf(text), createdBy },
  });
  return text;
}

/** Whose token that is, if it is one and has not been revoked. */
export async function findToken(tx: Tx, text: string): Promise<KnownToken | undefined> {
  const token = await tx.token.findUnique({ where: { hash: hashOf(text) } });
  return token && !token.revokedAt ? { id: token.id, name: token.name, role: token.role, scope: token.scope } : undefined;
}

/** @throws UNAUTHENTICATED once the token is revoked. */
export async function requireValid(tx: Tx, tokenId: string): Promise<void> {
  const token = await tx.token.findUnique({ where: { id: tokenId }, select: { revokedAt: true } });
  if (!token || token.revokedAt) throw unknownToken();
}

export const unknownToken = () => new ApiError('UNAUTHENTICATED', 'The token in the authorization header is not known here.');
