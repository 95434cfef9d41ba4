import type { Context } from '../context.ts';
import { createLoaders } from '../loaders.ts';

/** A subscription's context lives as long as it: what was loaded for the last event must not answer for this one. */
export function fresh(context: Context): void {
  context.loaders = createLoaders(context);
}
