import { tf } from '../engine/tf.ts';
import type { Layer } from './layer.ts';

/**
 * Dropout (Srivastava et al. 2014) of that part of the features [batch, …input], each for itself: in training x times its mask, whose numbers
 * are 0 or 1 / (1 − part), so that evaluation has nothing to change. No layer where nothing is dropped.
 */
export const dropout = (name: string, input: readonly number[], part: number): readonly Layer[] => {
  if (part === 0) return [];
  return [
    {
      parameters: [],
      statistics: [],
      masks: [{ name, shape: input, dropout: part }],
      multiplyAdds: 0,
      outputShape: input,
      apply: (pass, x) => (pass.mode === 'training' ? tf.mul(x, pass.mask(name)) : x),
    },
  ];
};
