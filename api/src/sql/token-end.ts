import { Prisma } from '../db.ts';

/** Why a token opens nothing any more. */
export type TokenEnd = 'revoked' | 'expired';

/** In SQL, of the table tokens under the name given: its end, by Postgres' clock; null while it is good. */
export const endOf = (tokens: 'tokens' | 'k') => {
  const table = Prisma.raw(tokens);
  return Prisma.sql`CASE WHEN ${table}.revoked_at IS NOT NULL THEN 'revoked' WHEN ${table}.expires_at <= now() THEN 'expired' END`;
};
