import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { Prisma } from '../db.ts';
import { ApiError, busy } from '../errors.ts';
import { Work, WorkEnded } from '../limits/work.ts';

/** Failures one after the other, of what is asked for a subscription, before it is given up. Want of connections is none: that passes. */
const mostFailures = 8;
const longestPauseMs = 5000;

/** Prisma's words for: no transaction or connection in time, no server, too many connections. */
const wanting = new Set(['P2028', 'P2024', 'P2037', 'P1001', 'P1008']);

/** Whether there was only too much to do: the pool's refusal, however Prisma wrapped it, or its own for want of a transaction. */
export function isBusy(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof ApiError && current.code === 'BUSY') return true;
    if (current instanceof Prisma.PrismaClientKnownRequestError && wanting.has(current.code)) return true;
    if (current.message.includes(busy().message)) return true;
  }
  return false;
}

/** What was thrown in the first place, in the place of what GraphQL made of it. */
export function originalOf(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && !(current instanceof ApiError) && current.originalError) current = current.originalError;
  return current;
}

/**
 * Whether the same, asked again, may well succeed: a statement failed, or no connection was to be had. A refusal (what is watched is gone, the
 * right to see it was taken, it is too much) stays one.
 */
export function mayPass(error: unknown): boolean {
  const original = originalOf(error);
  return isBusy(original) || !(original instanceof GraphQLError || original instanceof WorkEnded);
}

/**
 * Waits before what has failed is asked again; meanwhile others have their turn.
 *
 * @returns false if it has failed too often.
 */
export async function pause(error: unknown, failures: number): Promise<boolean> {
  if (failures >= mostFailures && !isBusy(originalOf(error))) return false;
  Work.current()?.leave();
  // Spread, so that many who failed together do not ask together again.
  await delay(Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, mostFailures)) * (0.5 + Math.random()));
  return true;
}
