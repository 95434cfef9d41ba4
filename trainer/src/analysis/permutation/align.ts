import { bestAssignment } from '../../alignment/assignment.ts';
import type { Analysed } from '../analysed.ts';
import { type Permutations, placesOf } from './permute.ts';
import type { Group, Slot } from './structure.ts';

/** Of a layer, Σ_n one[n, a] · other[n, b] as [neurons, neurons]; null where the two cannot be multiplied. */
export type Products = { readonly layer: string; readonly products: Float64Array | null };

/** How much less than activations a neuron's own numbers count: they decide where activations leave it open. */
const TIE = 1e-6;

/** What belongs to one neuron alone, whatever the order of others: its bias, its scale, its statistics. */
const ownNumbers = (network: Analysed, { slots, size }: Group): Float64Array[] => {
  const tensors = new Map([
    ...placesOf(network.network.parameters, network.weights),
    ...placesOf(network.network.statistics, network.statistics),
  ]);
  const read = ({ tensor, from }: Slot): number[] => {
    const { data, shape, offset } = tensors.get(tensor) ?? {};
    if (data === undefined || shape?.length !== 1) return [];
    return [...data.subarray((offset ?? 0) + from, (offset ?? 0) + from + size)];
  };
  const rows = slots.map(read).filter((values) => values.length > 0);
  return Array.from({ length: size }, (_, neuron) => Float64Array.from(rows, (row) => row[neuron] as number));
};

/**
 * For each group of neurons the order of the other's that brings its activations nearest, over all layers that show them. Neurons that no
 * sample excites are all alike so far: what belongs to each alone tells them apart.
 */
export const align = (groups: readonly Group[], found: readonly Products[], one: Analysed, other: Analysed): Permutations =>
  new Map(
    groups.map((group) => {
      const { name, size, seen } = group;
      const gains = new Float64Array(size * size);
      for (const { layer, from } of seen) {
        const products = found.find((candidate) => candidate.layer === layer)?.products;
        if (!products) continue;
        const neurons = Math.sqrt(products.length);
        for (let k = 0; k < gains.length; k++) {
          const [a, b] = [Math.floor(k / size), k % size];
          gains[k] = (gains[k] as number) + (products[(from + a) * neurons + from + b] as number);
        }
      }
      const largest = gains.reduce((most, gain) => Math.max(most, Math.abs(gain)), 0);
      const [own, theirs] = [ownNumbers(one, group), ownNumbers(other, group)];
      const apart = (k: number): number => {
        const [mine, yours] = [own[Math.floor(k / size)] as Float64Array, theirs[k % size] as Float64Array];
        return mine.reduce((sum, value, i) => sum + (value - (yours[i] as number)) ** 2, 0);
      };
      const tie = TIE * (largest || 1);
      return [
        name,
        bestAssignment(
          gains.map((gain, k) => gain - tie * apart(k)),
          size,
        ),
      ];
    }),
  );
