import { randomBytes } from 'node:crypto';
import { hashOf } from '../access/tokens.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import type { Invitation, Person, Role } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';

/** Days for which an invitation may be open. */
export const invitationDays = { min: 1, max: 30, usual: 7 } as const;

/** Open ones at most. */
const mostOpen = 500;

/** Days for which one that was not used in time still says so. */
const knownAfter = 30;

export type NewInvitation = {
  role: Role;
  days: number;
  createdBy: string | null;
  /** Who has an account already, and is to choose another password. */
  personId?: string;
};

/** Stores a new invitation. @returns its id, and its token, which is kept nowhere. */
export async function invite(tx: Tx, { role, days, createdBy, personId }: NewInvitation): Promise<{ id: string; token: string }> {
  if ((await tx.invitation.count({ where: isOpen() })) >= mostOpen)
    throw badInput(`There are ${mostOpen} open invitations: revoke some that nobody needs.`);
  await tx.invitation.deleteMany({ where: { usedAt: null, expiresAt: { lt: daysFromNow(-knownAfter) } } });
  const token = `shi_${randomBytes(32).toString('base64url')}`;
  const id = newId('Invitation');
  await tx.invitation.create({
    data: { id, hash: hashOf(token), role, createdBy, personId: personId ?? null, expiresAt: daysFromNow(days) },
  });
  return { id, token };
}

/** A link by which somebody who forgot their password chooses another, within a day; earlier ones for them are taken back. */
export async function inviteAgain(tx: Tx, personId: string, createdBy: string): Promise<{ id: string; token: string }> {
  const person = await tx.person.findFirst({ where: { id: personId, removedAt: null }, select: { role: true } });
  if (!person) throw notFound('person', personId);
  await revokeOf(tx, personId);
  return invite(tx, { role: person.role, days: 1, createdBy, personId });
}

/** Takes back what was open for somebody to choose another password. */
export async function revokeOf(tx: Tx, personId: string): Promise<void> {
  await tx.invitation.updateMany({ where: { personId, ...isOpen() }, data: { revokedAt: new Date() } });
}

/** Takes back what is open by somebody who may invite no more: else they came back by it. */
export async function revokeBy(tx: Tx, name: string): Promise<void> {
  await tx.invitation.updateMany({ where: { createdBy: name, ...isOpen() }, data: { revokedAt: new Date() } });
}

/** Takes back the server's own invitation, once there is an admin otherwise: its link was printed. */
export async function revokeFirst(tx: Tx): Promise<void> {
  await tx.invitation.updateMany({ where: { createdBy: null, ...isOpen() }, data: { revokedAt: new Date() } });
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
export async function findOpen(tx: Tx, token: string): Promise<Invitation & { person: Person | null }> {
  const invitation = await tx.invitation.findUnique({ where: { hash: hashOf(token) }, include: { person: true } });
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
