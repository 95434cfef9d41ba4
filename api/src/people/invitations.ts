import { randomBytes } from 'node:crypto';
import { hashOf } from '../access/tokens.ts';
import { type Tx, transact } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import type { Invitation, Role } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';
import type { Accounts, Visit } from './accounts.ts';
import { readName } from './name.ts';
import { checkPassword } from './password.ts';

/** Days for which an invitation may be open. */
export const invitationDays = { min: 1, max: 30, usual: 7 } as const;

/** Open ones at most. */
const mostOpen = 500;

/** Days for which the list still shows one that was not used in time. */
const shownAfter = 30;

export type NewInvitation = { role: Role; days: number; createdBy: string | null };

/** Stores a new invitation. @returns its id, and its token, which is kept nowhere. */
export async function invite(tx: Tx, { role, days, createdBy }: NewInvitation): Promise<{ id: string; token: string }> {
  if ((await tx.invitation.count({ where: isOpen() })) >= mostOpen)
    throw badInput(`There are ${mostOpen} open invitations: revoke some that nobody needs.`);
  await tx.invitation.deleteMany({ where: { usedAt: null, expiresAt: { lt: daysFromNow(-shownAfter) } } });
  const token = `shi_${randomBytes(32).toString('base64url')}`;
  const id = newId('Invitation');
  await tx.invitation.create({ data: { id, hash: hashOf(token), role, createdBy, expiresAt: daysFromNow(days) } });
  return { id, token };
}

/** What an open invitation is: not used, not revoked, in time. */
export const isOpen = () => ({ usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } });

const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000);

/** Takes an invitation back. Who has an account by it keeps that. */
export async function revokeInvitation(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.invitation.updateMany({ where: { id, usedAt: null, revokedAt: null }, data: { revokedAt: new Date() } });
  if (count > 0) return;
  const invitation = await tx.invitation.findUnique({ where: { id } });
  if (!invitation) throw notFound('invitation', id);
  if (invitation.usedAt) throw new ApiError('CONFLICT', 'The invitation was used meanwhile: remove the person instead.');
}

/**
 * The open invitation that a link is for.
 *
 * @throws NOT_FOUND, or CONFLICT saying why it is no longer open.
 */
export async function findOpen(tx: Tx, token: string): Promise<Invitation> {
  const invitation = await tx.invitation.findUnique({ where: { hash: hashOf(token) } });
  if (!invitation) throw new ApiError('NOT_FOUND', 'There is no such invitation: the link may have been cut short. Ask for it again.');
  const problem = problemOf(invitation);
  if (problem) throw new ApiError('CONFLICT', problem);
  return invitation;
}

function problemOf({ usedAt, revokedAt, expiresAt, createdBy }: Invitation): string | undefined {
  const again = `Ask ${createdBy ?? 'who runs the server'} for another.`;
  if (usedAt) return `This invitation was used on ${day(usedAt)}; each is for one person. If that was you, sign in. ${again}`;
  if (revokedAt) return `This invitation was taken back on ${day(revokedAt)}. ${again}`;
  if (expiresAt <= new Date()) return `This invitation was open until ${day(expiresAt)}. ${again}`;
  return undefined;
}

const day = (date: Date) => date.toISOString().slice(0, 10);

export type Acceptance = { invitation: string; name: string; password: string };

/**
 * Makes the account that an invitation is for, and signs in. Of two who accept the same at once one gets it; a refusal leaves it open.
 *
 * @returns the session's token
 * @throws NOT_FOUND, CONFLICT, BAD_INPUT
 */
export async function accept(accounts: Accounts, { invitation: token, ...chosen }: Acceptance, visit: Visit): Promise<string> {
  const { db } = accounts;
  await findOpen(db, token);
  const { name, username } = readName(chosen.name);
  checkPassword(chosen.password, name);
  await checkFree(db, name, username);
  const password = await accounts.hash(chosen.password);
  const personId = newId('Person');
  await transact(db, async (tx) => {
    const { id, role } = await findOpen(tx, token);
    await checkFree(tx, name, username);
    await tx.person.create({ data: { id: personId, name, username, role } });
    await tx.credential.create({ data: { id: newId('Credential'), personId, providerId: 'credential', accountId: personId, password } });
    const { count } = await tx.invitation.updateMany({ where: { id, ...isOpen() }, data: { usedAt: new Date(), personId } });
    // Another was faster.
    if (count === 0) throw new ApiError('CONFLICT', 'This invitation was used or taken back a moment ago.');
  });
  return accounts.beginSession(personId, visit);
}

async function checkFree(tx: Tx, name: string, username: string): Promise<void> {
  if (await tx.person.findUnique({ where: { username }, select: { id: true } }))
    throw badInput(`Somebody here has, or had, the name "${name}": choose another.`);
}
