import { type Tx, transact } from '../db.ts';
import { ApiError, badInput } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Accounts, Visit } from './accounts.ts';
import { findOpen, isOpen, revokeFirst } from './invitations.ts';
import { readName } from './name.ts';
import { checkPassword } from './password.ts';
import { endSessions } from './sessions.ts';

/** Name: of a new account; whoever chooses another password keeps theirs. */
export type Acceptance = { invitation: string; name: string; password: string };

/**
 * Makes the account that an invitation is for, or gives one that is there another password, and signs in. Of two who accept the same at
 * once one gets it; a refusal leaves it open.
 *
 * @returns the session's token
 * @throws NOT_FOUND, CONFLICT, BAD_INPUT
 */
export async function accept(accounts: Accounts, { invitation: token, ...chosen }: Acceptance, visit: Visit): Promise<string> {
  const { db } = accounts;
  const { person } = await findOpen(db, token);
  const { name, username } = person ?? readName(chosen.name);
  checkPassword(chosen.password, name);
  if (!person) await checkFree(db, name, username);
  const password = await accounts.hash(chosen.password, visit.address);
  const personId = await transact(db, async (tx) => {
    const { id, role, personId: known } = await findOpen(tx, token);
    const personId = known ?? newId('Person');
    if (known) {
      await tx.credential.updateMany({ where: { personId }, data: { password } });
      await endSessions(tx, personId);
    } else {
      await checkFree(tx, name, username);
      await tx.person.create({ data: { id: personId, name, username, role } });
      await tx.credential.create({ data: { id: newId('Credential'), personId, providerId: 'credential', accountId: personId, password } });
    }
    const { count } = await tx.invitation.updateMany({ where: { id, ...isOpen() }, data: { usedAt: new Date(), personId } });
    // Another was faster.
    if (count === 0) throw new ApiError('CONFLICT', 'This invitation was used or taken back a moment ago.');
    if (role === 'ADMIN') await revokeFirst(tx);
    return personId;
  });
  return accounts.beginSession(personId, visit);
}

async function checkFree(tx: Tx, name: string, username: string): Promise<void> {
  if (await tx.person.findUnique({ where: { username }, select: { id: true } }))
    throw badInput(`Somebody here has, or had, the name "${name}": choose another.`);
}
