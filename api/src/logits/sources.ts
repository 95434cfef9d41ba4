import type { Split } from '@studyhall/contract/measures/measure.ts';
import type { Db } from '../db.ts';
import type { LogitsLoader } from './find-logits.ts';
import type { StoredLogits } from './stored-logits.ts';

/** Where networks and their logits are found; every context is one. */
export type Sources = { db: Db; logits: StoredLogits; loaders: { logits(split: Split): LogitsLoader } };
