import { transact } from '../db.ts';
import type { Accounts } from './accounts.ts';
import { checkPassword } from './password.ts';
import { endSessions } from './sessions.ts';

export type PasswordChange = { personId: string; sessionId: string; name: string; present: string; next: string; address: string };

/**
 * Gives somebody another password, and signs them out everywhere else: whoever knew the old one is out.
 *
 * @throws BAD_INPUT, TOO_MANY_TRIES
 */
export async function changePassword(accounts: Accounts, change: PasswordChange): Promise<void> {
  const { personId, sessionId, name, present, next, address } = change;
  checkPassword(next, name);
  await accounts.prove(personId, present, address);
  const password = await accounts.hash(next, address);
  await transact(accounts.db, async (tx) => {
    await tx.credential.updateMany({ where: { personId, person: { removedAt: null } }, data: { password } });
    await endSessions(tx, personId, sessionId);
  });
}
