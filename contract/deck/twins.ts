import { compare, side } from './preset.ts';
import type { Contrast } from './system.ts';

/** Each network of a cohort, `key` its group and `name` what sentences call the method, against the one at its place that learned alone. */
export const againstTwins = (key: string, name: string, size = 2): Contrast[] =>
  Array.from({ length: size }, (_, network) =>
    compare(side(key, network, `${name}, network ${network + 1},`), side('independent', network, 'its independent twin'), 'MORE'),
  );
