import type { JobKind } from '../client/generated/graphql.ts';
import { analyse } from './analyse/work.ts';
import { train } from './train/work.ts';
import type { Work } from './work.ts';

/** How each kind of work is done: one of the contract's that is missing does not compile. */
export const works: Readonly<Record<JobKind, Work>> = { TRAIN: train, ANALYSE: analyse };
