import { randomBytes } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import { username } from 'better-auth/plugins/username';
import type { Logger } from 'pino';
import type { Db } from '../db.ts';
import { type IdType, newId } from '../ids.ts';
import { withHashedSessions } from './hashed-sessions.ts';
import { comparableName, isName, longestName, shortestName } from './name.ts';
import { longestPassword, shortestPassword } from './password.ts';
import { sessionSeconds } from './session-length.ts';

/** Tries to sign in of one address, whatever names it gives: many people may sit behind one. */
export const addressLimit = { window: 60, max: 60 };

/** What better-auth is asked under; no request from outside reaches it by itself. */
export const inside = 'http://studyhall.invalid';
export const addressHeader = 'x-address';

const ids: Record<string, IdType> = { user: 'Person', account: 'Credential', session: 'Session', rateLimit: 'RateLimit' };

/** better-auth over our tables: passwords, sessions and the limit of tries by address. All else that it can do has no route here. */
export function createBetterAuth(db: Db, log: Logger) {
  const tables = prismaAdapter(db, { provider: 'postgresql' });
  return betterAuth({
    database: (options: BetterAuthOptions) => withHashedSessions(tables(options)),
    baseURL: inside,
    basePath: '/auth',
    // Signs a cookie that nobody gets: the pages' server makes its own of the session's token. Given here, so that no variable of another program is taken.
    secrets: [{ version: 1, value: randomBytes(32).toString('base64url') }],
    telemetry: { enabled: false },
    logger: {
      // A wrong password is no news; who is asked too often is told so.
      level: 'error',
      log: (level, message, ...rest) => log[level === 'error' ? 'error' : 'debug']({ rest }, message),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    plugins: [
      username({
        displayUsername: false,
        usernameNormalization: comparableName,
        usernameValidator: isName,
        minUsernameLength: shortestName,
        maxUsernameLength: longestName,
      }),
    ],
    user: { modelName: 'person' },
    account: { modelName: 'credential', fields: { userId: 'personId' } },
    session: {
      modelName: 'session',
      fields: { userId: 'personId', ipAddress: 'address', userAgent: 'agent' },
      expiresIn: sessionSeconds,
      // A session that was ended is at once none.
      cookieCache: { enabled: false },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rateLimit',
      ...addressLimit,
      customRules: { '/sign-in/username': addressLimit },
    },
    advanced: {
      // Asked of every request before, of the page's host and origin.
      disableOriginCheck: true,
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: {
        generateId: ({ model }) => newId(ids[model] ?? 'Person'),
        // It would miss the columns of what is not used: e-mail, pictures, other providers.
        validateSchema: false,
      },
    },
  });
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
