import type { JobKind } from '../generated/prisma/client.ts';
import { analyse } from './analyse/kind.ts';
import type { Kind } from './kind.ts';
import { train } from './train/kind.ts';

/** One entry per kind there is: one that is missing does not compile. */
export const kinds: Readonly<Record<JobKind, Kind>> = { TRAIN: train, ANALYSE: analyse };
