import { AsyncLocalStorage } from 'node:async_hooks';
import type { Prisma } from '../generated/prisma/client.ts';
import { newId } from '../ids.ts';
import { idsIn } from './ids-in.ts';

/** What is to be noted of a mutation that is under way. */
export type Noting = { entry: Omit<Prisma.AuditEntryCreateInput, 'id' | 'ids'>; ids: readonly string[]; noted: boolean };

export const noting = new AsyncLocalStorage<Noting>();

/** Most ids of one entry: what is done to more is told by its number. */
const mostIds = 100;

/** What is stored, with the ids of what came of it. */
export function asStored({ entry, ids }: Noting, result: unknown): Prisma.AuditEntryCreateInput {
  const all = [...new Set([...ids, ...idsIn(result)])];
  return {
    ...entry,
    id: newId('AuditEntry'),
    ids: all.slice(0, mostIds),
    about: { ...(entry.about as object), ...(all.length > mostIds ? { ids: all.length } : {}) },
  };
}

/** In the transaction by which a mutation changes something: what it does and that it was done are there together, or neither. */
export async function noteWithin(tx: Pick<Prisma.TransactionClient, 'auditEntry'>, result: unknown): Promise<void> {
  const current = noting.getStore();
  if (current && !current.noted) await tx.auditEntry.create({ data: asStored(current, result) });
}

/** That transaction was committed. */
export function wasNoted(): void {
  const current = noting.getStore();
  if (current) current.noted = true;
}
