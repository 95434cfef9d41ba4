import { written } from '@studyhall/contract/settings/written.ts';
import type { TensorData } from '../engine/engine.ts';
import { LOWER_THE_RATE, TrainingError } from './failure.ts';
import { LEAST } from './loss-scaling.ts';

/** Where a step stands in its run. */
type Place = { readonly epoch: number; readonly step: number };

/**
 * Which networks a step left as they were, in words: gradients of scaled losses overflow now and then.
 *
 * @param outputs of a training step
 * @param indices of the networks in the run
 * @throws TrainingError (permanent) where a gradient overflows that was not scaled
 */
export const skippedIn = (
  { skipped, scale }: Readonly<Record<string, TensorData>>,
  { epoch, step }: Place,
  indices: readonly number[],
): string[] =>
  indices.flatMap((network, place) => {
    if (!skipped?.[place]) return [];
    const own = scale?.[place] as number;
    const where = `epoch ${written(epoch)}, step ${written(step)}`;
    if (own > LEAST)
      return [`${where}: the gradient of network ${network} overflowed float16 at a loss scale of ${written(own)}; it was not updated`];
    throw new TrainingError(
      `the gradient of network ${network} overflows float16 in ${where}, where its loss is not scaled any more. ${LOWER_THE_RATE}, or training.precision FLOAT32`,
      { permanent: true },
    );
  });
