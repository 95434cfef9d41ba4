import { type Bench, copies, group } from './bench.ts';
import { independent, mutual } from './methods.ts';
import type { Group } from './system.ts';

/** Two networks trained apart: the twins of every method's networks at their place. Shared by all rows that ask for them. */
export const independentPair = (bench: Bench): Group =>
  group(bench, 'independent', 'Independent', copies(bench.small, 2), independent, { series: 'Independent' });

/** The paper's DML, alternating. */
export const mutualPair = (bench: Bench): Group => group(bench, 'mutual', 'DML', copies(bench.small, 2), mutual(), { series: 'DML' });
