import { Prisma } from '../db.ts';

/** An engine as trainers name it (`compiled-cpu`), of a column that holds our enum's value (`COMPILED_CPU`). @param column never a text from outside */
export const engineName = (column: string): Prisma.Sql => Prisma.raw(`lower(replace(${column}::text, '_', '-'))`);
