import type { TensorSpec } from '../engine/engine.ts';
import { gibibytes, memoryLimit } from '../engine/memory-limit.ts';
import { sizeOf } from '../engine/signature.ts';
import { TrainingError } from './failure.ts';

/** Vectors are there twice at the least: as they were drawn or read, and as the engine keeps them. */
const COPIES = 2;
const BYTES_PER_NUMBER = 4;

/**
 * Refuses networks whose weights and optimizer alone are more than the machine holds, before anything of that size is allocated: the system
 * would kill the process without a message.
 *
 * @throws TrainingError saying what would fit
 */
export const checkStateSize = (state: Readonly<Record<string, TensorSpec>>, memory = memoryLimit()): void => {
  const numbers = Object.values(state).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const bytes = numbers * BYTES_PER_NUMBER * COPIES;
  if (bytes <= memory) return;
  throw new TrainingError(
    `the networks are too large for this machine: weights and optimizer alone take ${gibibytes(bytes)}, and it has ${gibibytes(memory)} of memory. Take narrower networks or fewer of them, or SGD, which keeps one vector where Adam keeps two`,
  );
};
