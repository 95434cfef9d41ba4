import { Prisma, type Tx } from '../db.ts';
import { ApiError } from '../errors.ts';

/**
 * Lets a machine's trainers register with a token, unless that is bound to another machine. One that is bound to none yet is bound to this.
 * A machine is known by the host name that it says it has: a token that was copied along is found out, somebody who lies is not.
 *
 * @throws FORBIDDEN
 */
export async function bindMachine(tx: Tx, tokenId: string, host: string): Promise<void> {
  // Of two machines that come at once the second waits, and finds the first.
  const [token] = await tx.$queryRaw<{ name: string; machine: string | null }[]>(Prisma.sql`
    SELECT name, machine FROM tokens WHERE id = ${tokenId} AND bound AND machine IS DISTINCT FROM ${host} FOR NO KEY UPDATE`);
  if (!token) return;
  if (token.machine !== null)
    throw new ApiError(
      'FORBIDDEN',
      `The token "${token.name}" is bound to the machine ${token.machine}, and this one is ${host.slice(0, 200)}: make a token for it.`,
      { reason: 'bound' },
    );
  await tx.token.update({ where: { id: tokenId }, data: { machine: host } });
}
