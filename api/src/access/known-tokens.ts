import { Prisma } from '../db.ts';
import type { SharedReads } from '../events/shared-reads.ts';
import type { Prepared } from '../postgres/prepared.ts';
import { endOf } from '../sql/token-end.ts';
import type { KnownSession } from './caller.ts';
import { LastUse } from './last-use.ts';
import { findSession } from './sessions.ts';
import { type FindToken, hashOf, type KnownToken } from './tokens.ts';

/** How long a token is remembered, for those who have it proven again by what they ask. */
const rememberedMs = 1000;

/** More tokens than a fleet and its people have. */
const mostTokens = 1000;

/**
 * Looks tokens up for every request: by connections that nobody's reading uses up, and by one statement for all who come with the same token
 * at the same time.
 */
export class KnownTokens {
  readonly #remembered = new Map<string, { token: KnownToken; at: number }>();

  constructor(
    readonly prepared: Prepared,
    readonly shared: SharedReads,
    readonly lastUse = new LastUse(prepared),
  ) {}

  readonly find: FindToken = (text) => {
    const hash = hashOf(text);
    return this.shared.read(`token ${hash}`, async () => {
      const statement = Prisma.sql`
        SELECT id, name, created_by AS "createdBy", role::text AS role, scope::text AS scope, ${endOf('tokens')} AS "end" FROM tokens WHERE hash = ${hash}`;
      const [token] = await this.prepared.run<KnownToken>('token', statement);
      if (this.#remembered.size >= mostTokens) this.#remembered.clear();
      if (token && !token.end) {
        this.#remembered.set(hash, { token, at: performance.now() });
        this.lastUse.note([token.id]);
      } else this.#remembered.delete(hash);
      return token;
    });
  };

  readonly findSession = (text: string): Promise<KnownSession | undefined> => {
    const hash = hashOf(text);
    return this.shared.read(`session ${hash}`, () => findSession(this.prepared, hash));
  };

  /** Whose token that was a moment ago. It may have been revoked since: only for what finds that out by itself before it does anything. */
  remembered(text: string): KnownToken | undefined {
    const known = this.#remembered.get(hashOf(text));
    return known && performance.now() - known.at < rememberedMs ? known.token : undefined;
  }
}
