import { onlyByName } from '@studyhall/contract/fleet/engines.ts';
import { Prisma } from '../db.ts';

/** An engine as trainers name it (`compiled-cpu`), of a column that holds our enum's value (`COMPILED_CPU`). @param column never a text from outside */
export const engineName = (column: string): Prisma.Sql => Prisma.raw(`lower(replace(${column}::text, '_', '-'))`);

/**
 * Whether a trainer does jobs of an engine: one that it offers or, for AUTO, any that need not be asked for by name.
 *
 * @param engine a column of our enum, and `engines` one of trainers' names; never texts from outside
 */
export const offers = (engine: string, engines: string): Prisma.Sql => Prisma.sql`(CASE ${Prisma.raw(`${engine}::text`)}
  WHEN 'AUTO' THEN NOT ${Prisma.raw(engines)} <@ ${[...onlyByName]}::text[]
  ELSE ${engineName(engine)} = ANY (${Prisma.raw(engines)}) END)`;
