import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';

/** How far an axis reaches beside a gain: to its interval's end. Very wide ones (two seeds) are cut off rather than flattening everybody else's. */
export const reach = ({ sd, interval }: Estimate): number => Math.min(interval ?? 0, 3 * (sd ?? 0));
