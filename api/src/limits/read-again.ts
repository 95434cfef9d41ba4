import { Prisma } from '../generated/prisma/client.ts';
import { tooMuch, Work, WorkEnded } from './work.ts';

const mostAttempts = 4;

type Query<Args, Answer> = { operation: string; args: Args; query: (args: Args) => Promise<Answer> };

/**
 * Prisma makes the reads of single records that are asked for in one turn of the event loop together, as part of the work of whoever asked
 * first. What ends that work (their request is over, or has read too much) is no answer to the others: they read again.
 */
export const readAgain = Prisma.defineExtension({ name: 'read again', query: { $allOperations: ownAnswer } });

async function ownAnswer<Args, Answer>({ operation, args, query }: Query<Args, Answer>): Promise<Answer> {
  const isMadeTogether = operation.startsWith('findUnique');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await query(args);
    } catch (error) {
      const isAnothers = isMadeTogether && endsOneWork(error) && !Work.current()?.isOver;
      if (!isAnothers || attempt === mostAttempts) throw isTooMuch(error) ? tooMuch : error;
    }
  }
}

const endsOneWork = (error: unknown) => error instanceof WorkEnded || isTooMuch(error);

/** Prisma takes our refusal for one of Postgres's, and quotes it. */
const isTooMuch = (error: unknown) => error instanceof Error && error.message.includes(tooMuch.message);
