import { type Db, Prisma } from '../db.ts';
import { endOf, type TokenEnd } from '../sql/token-end.ts';
import type { Caller, Person, Trainer } from './caller.ts';
import { messageOf } from './token-end.ts';

/** How long an answer is trusted. */
const trustedMs = 500;

/** Why somebody who was let in would not be now; undefined while they would. */
export type Revoked = string | undefined;

type Asked = { caller: Person | Trainer; answer: (reason: Revoked) => void };

/** Whether who was let in has been shut out since; asked at every event of a subscription, and every second. Many are looked up at once. */
export class Revocations {
  readonly #known = new Map<string, { reason: Promise<Revoked>; at: number }>();
  #asked: Asked[] = [];

  constructor(readonly db: Db) {}

  isRevoked(caller: Caller): Promise<Revoked> {
    if (caller.kind !== 'person' && caller.kind !== 'trainer') return Promise.resolve(undefined);
    const key = keyOf(caller);
    const now = performance.now();
    const known = this.#known.get(key);
    if (known && now - known.at < trustedMs) return known.reason;
    if (!known && this.#known.size > 0) this.#forget(now);
    const reason = new Promise<Revoked>((answer) => {
      if (this.#asked.push({ caller, answer }) === 1) setImmediate(() => void this.#lookUp());
    });
    this.#known.set(key, { reason, at: now });
    return reason;
  }

  #forget(now: number): void {
    for (const [key, { at }] of this.#known) if (now - at > 10 * trustedMs) this.#known.delete(key);
  }

  async #lookUp(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    try {
      const reasonOf = await findReasons(this.db, asked);
      for (const { caller, answer } of asked) answer(reasonOf(caller));
    } catch {
      // While Postgres is away nothing new is delivered either; the next event asks again.
      for (const { caller, answer } of asked) {
        this.#known.delete(keyOf(caller));
        answer(undefined);
      }
    }
  }
}

const keyOf = (caller: Person | Trainer) => ('tokenId' in caller ? caller.tokenId : `${caller.sessionId} ${caller.role}`);

async function findReasons(db: Db, asked: readonly Asked[]): Promise<(caller: Person | Trainer) => Revoked> {
  const tokenIds = asked.flatMap(({ caller }) => ('tokenId' in caller ? [caller.tokenId] : []));
  const sessionIds = asked.flatMap(({ caller }) => ('sessionId' in caller ? [caller.sessionId] : []));
  const [tokens, sessions] = await Promise.all([
    tokenIds.length > 0 ? findTokens(db, tokenIds) : [],
    sessionIds.length > 0 ? findSessions(db, sessionIds) : [],
  ]);
  const known = new Map(tokens.map((token) => [token.id, token]));
  const roles = new Map(sessions.map(({ id, role }) => [id, role]));
  return (caller) => {
    if ('tokenId' in caller) {
      const { end = 'revoked', scope } = known.get(caller.tokenId) ?? {};
      if (end) return messageOf(end);
      return caller.kind === 'person' && scope !== caller.role ? 'The token’s rights were changed.' : undefined;
    }
    if (!roles.has(caller.sessionId)) return 'You were signed out.';
    return roles.get(caller.sessionId) === caller.role ? undefined : 'Your rights were changed.';
  };
}

const findTokens = (db: Db, ids: readonly string[]) =>
  db.$queryRaw<{ id: string; scope: string | null; end: TokenEnd | null }[]>(Prisma.sql`
    SELECT id, scope::text AS scope, ${endOf('tokens')} AS "end" FROM tokens WHERE id = ANY (${[...ids]})`);

const findSessions = (db: Db, ids: readonly string[]) =>
  db.$queryRaw<{ id: string; role: string }[]>(Prisma.sql`
    SELECT s.id, p.role::text AS role FROM sessions s JOIN people p ON p.id = s.person_id
    WHERE s.id = ANY (${[...ids]}) AND s.expires_at > now() AND p.removed_at IS NULL`);
