import { Prisma, type Tx } from '../db.ts';
import { ApiError } from '../errors.ts';
import { endOf, type TokenEnd } from '../sql/token-end.ts';

/** What is told, everywhere alike, to whom a token is no use: that it was known once is told to who has it. `reason` is for programs. */
export const ended = (end: TokenEnd) => new ApiError('UNAUTHENTICATED', messageOf(end), { reason: end });

export const messageOf = (end: TokenEnd) => `This token ${end === 'revoked' ? 'was revoked' : 'has expired'}: ask an admin for another.`;

export const unknownToken = () => new ApiError('UNAUTHENTICATED', 'The token in the authorization header is not known here.');

/** @throws UNAUTHENTICATED once the token is revoked or has expired. One that is gone counts as revoked. */
export async function requireValid(tx: Tx, tokenId: string): Promise<void> {
  const [token] = await tx.$queryRaw<{ end: TokenEnd | null }[]>(
    Prisma.sql`SELECT ${endOf('tokens')} AS "end" FROM tokens WHERE id = ${tokenId}`,
  );
  if (!token || token.end) throw ended(token?.end ?? 'revoked');
}
