import { scoreLogits } from '../training/scores.ts';
import type { Analysed, Samples } from './analysed.ts';
import type { Predict, Tensors } from './predict.ts';

/** Loss and accuracy on the straight line between two networks' weights, λ from 0 to 1. */
export type Line = { readonly lambdas: readonly number[]; readonly losses: readonly number[]; readonly accuracies: readonly number[] };

/**
 * Walks along the line. Batch norm's statistics are recomputed at each point (REPAIR, Jordan et al. 2023): those of the ends belong to
 * other activations, and the barrier would be an artefact.
 */
export const walk = async (from: Analysed, to: Tensors, points: number, samples: Samples, predict: Predict): Promise<Line> => {
  const lambdas = Array.from({ length: points }, (_, k) => k / (points - 1));
  const losses: number[] = [];
  const accuracies: number[] = [];
  for (const lambda of lambdas) {
    const weights = from.weights.map((weight, k) => (1 - lambda) * weight + lambda * (to.weights[k] as number));
    const statistics = await predict.statistics(from, samples, weights);
    const { loss, accuracy } = scoreLogits(
      await predict.logits(from, samples, { weights, statistics }),
      samples.labels,
      from.network.classes,
    );
    losses.push(loss);
    accuracies.push(accuracy);
  }
  return { lambdas, losses, accuracies };
};

/** How far the losses rise above the straight line between their ends; null where one is not finite. */
export const barrierOf = ({ lambdas, losses }: Pick<Line, 'lambdas' | 'losses'>): number | null => {
  const [first, last] = [losses[0] as number, losses.at(-1) as number];
  const rises = losses.map((loss, k) => loss - ((1 - (lambdas[k] as number)) * first + (lambdas[k] as number) * last));
  const highest = Math.max(...rises);
  return Number.isFinite(highest) ? highest : null;
};
