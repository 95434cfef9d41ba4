import type { JobKind } from '../client/generated/graphql.ts';
import { analyse } from './analyse/kind.ts';
import type { Kind } from './kind.ts';
import { train } from './train/kind.ts';

/** Every kind of work there is: one of the contract's that is missing does not compile. */
export const kinds: Readonly<Record<JobKind, Kind>> = { TRAIN: train, ANALYSE: analyse };

/** What a trainer of this version can do. */
export const knownKinds = Object.keys(kinds) as JobKind[];
