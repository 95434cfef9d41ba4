import type { Prisma } from '../db.ts';

/** The trainers that people are shown, those at work first; one that was to end by itself is gone once it has. */
export const listedTrainers = {
  where: { NOT: { ephemeral: true, left: true } },
  orderBy: [{ left: 'asc' }, { registeredAt: 'asc' }],
  take: 500,
} satisfies Prisma.TrainerFindManyArgs;
