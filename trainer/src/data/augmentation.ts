import { Stream } from '../random/stream.ts';

export type AugmentationSettings = { readonly flip: boolean; readonly cropPadding: number };

/** How one picture is changed: mirrored or not, and the window moved by whole pixels within the reflected border. */
export type Change = { flip: boolean; down: number; right: number };

export const isUnchanged = (settings: AugmentationSettings): boolean => !settings.flip && settings.cropPadding === 0;

/**
 * The change of one training image in one epoch. Drawn by seed, epoch and the image's place in the training split, so that it is the same
 * for all networks of a step and under every method, whatever was drawn before.
 */
export const drawChange = (settings: AugmentationSettings, seed: number, epoch: number, index: number): Change => {
  const draw = new Stream(seed, 'augmentation', epoch, index);
  const flip = draw.word() < 0x80000000;
  const reach = 2 * settings.cropPadding + 1;
  const down = draw.below(reach) - settings.cropPadding;
  const right = draw.below(reach) - settings.cropPadding;
  return { flip: settings.flip && flip, down, right };
};

/** Mirrors a place beyond the border back into 0 … extent − 1, without repeating the border itself. */
export const reflect = (place: number, extent: number): number => {
  if (extent === 1) return 0;
  const period = 2 * (extent - 1);
  const wrapped = ((place % period) + period) % period;
  return wrapped < extent ? wrapped : period - wrapped;
};
