import { type Bench, copies, group } from './bench.ts';
import { independent, mutual } from './methods.ts';
import { compare, side } from './preset.ts';
import type { Contrast, Group } from './system.ts';

/** Two networks trained apart: the twins of every method's networks at their place. Shared by all rows that ask for them. */
export const independentPair = (bench: Bench): Group =>
  group(bench, 'independent', 'Independent', copies(bench.small, 2), independent, { series: 'Independent' });

/** The paper's DML, alternating. */
export const mutualPair = (bench: Bench): Group => group(bench, 'mutual', 'DML', copies(bench.small, 2), mutual(), { series: 'DML' });

/** Each network and the ensemble of a pair against its independent twin. */
export const againstTwins = (key: string, name: string): Contrast[] => [
  ...[0, 1].map((network) =>
    compare(side(key, network, `${name}, network ${network + 1},`), side('independent', network, 'its independent twin'), 'MORE'),
  ),
  compare(side(key, null, `${name}, the ensemble of both,`), side('independent', null, 'the independent ensemble'), null),
];
