import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import type { Role, TokenRole } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';
import type { TokenEnd } from '../sql/token-end.ts';
import { readTokenName } from './token-name.ts';

/** Whose token a text is or was, if it is or was one. */
export type FindToken = (text: string) => Promise<KnownToken | undefined>;

/**
 * Maker: who made it, by the name that they had; null: Studyhall did, when it first started. Scope: what a person's token may do at most; a
 * trainer's has none. End: why it opens nothing any more, if it does not.
 */
export type KnownToken = { id: string; name: string; createdBy: string | null; role: TokenRole; scope: Role | null; end: TokenEnd | null };

export type TokenRequest = {
  name: string;
  role: TokenRole;
  scope?: Role;
  createdBy: string | null;
  /** The token, or the account, by which it is made. */
  makerId?: string;
  expiresAt?: Date | undefined;
  /** Only trainers of one machine may register with a trainer's token: the one named, or else the first. */
  bound?: boolean;
  machine?: string | undefined;
};

/** Tokens have 256 random bits: a plain hash is enough, nothing can be guessed from it. */
export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Stores a new token. No token outlives the one that it is made by.
 *
 * @returns its text, which is kept nowhere.
 * @throws BAD_INPUT
 */
export async function createToken(tx: Tx, { name, role, scope, ...more }: TokenRequest): Promise<string> {
  const { createdBy, makerId, bound = false } = more;
  const machine = more.machine?.trim() || null;
  const clean = readTokenName(name, createdBy);
  if (role !== 'TRAINER' && (bound || machine))
    throw badInput('Only a trainer’s token is bound to a machine: leave bound and machine out.');
  if (machine && machine.length > 200) throw badInput('machine has to have 1 to 200 characters.');
  const text = `${role === 'PERSON' ? 'shp' : 'sht'}_${randomBytes(32).toString('base64url')}`;
  await tx.token.create({
    data: {
      id: newId('Token'),
      name: clean,
      role,
      scope: role === 'PERSON' ? (scope ?? 'MEMBER') : null,
      hash: hashOf(text),
      createdBy,
      makerId: makerId ?? null,
      expiresAt: await expiryOf(tx, makerId, more.expiresAt),
      bound: bound || machine !== null,
      machine,
    },
  });
  return text;
}

async function expiryOf(tx: Tx, makerId: string | undefined, wanted: Date | undefined): Promise<Date | null> {
  if (wanted && wanted.getTime() <= Date.now()) throw badInput('expiresAt has passed already; it has to be a time to come.');
  const maker = makerId === undefined ? null : await tx.token.findUnique({ where: { id: makerId }, select: { expiresAt: true } });
  const latest = maker?.expiresAt ?? null;
  if (wanted && latest && wanted > latest)
    throw badInput(`expiresAt is later than the end of the token by which this one is made: at most ${latest.toISOString()}.`);
  return wanted ?? latest;
}

/** Whose token that is, if it is one that opens anything. */
export async function findToken(tx: Tx, text: string): Promise<KnownToken | undefined> {
  const token = await tx.token.findUnique({ where: { hash: hashOf(text) } });
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt.getTime() <= Date.now())) return undefined;
  const { id, createdBy } = token;
  return { id, name: token.name, createdBy, role: token.role, scope: token.scope, end: null };
}
