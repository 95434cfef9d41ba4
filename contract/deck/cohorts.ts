import { type Bench, copies, group } from './bench.ts';
import { independent, mutual } from './methods.ts';
import type { Group } from './system.ts';

/** Cohorts of three, as rows 9 and 10 share them. */
export const trio = {
  independent: (bench: Bench): Group => group(bench, 'independent', 'Independent ×3', copies(bench.small, 3), independent),
  pairwise: (bench: Bench): Group => group(bench, 'pairwise', 'Strategy 1: mean of the KLs', copies(bench.small, 3), mutual()),
  ensemble: (bench: Bench): Group =>
    group(bench, 'ensemble', 'Strategy 2: KL to the mean', copies(bench.small, 3), mutual({ target: 'ENSEMBLE_PROBABILITIES' })),
  logits: (bench: Bench): Group =>
    group(bench, 'logits', 'KL to the mean of logits', copies(bench.small, 3), mutual({ target: 'ENSEMBLE_LOGITS' })),
  simultaneous: (bench: Bench): Group =>
    group(bench, 'simultaneous', 'Strategy 1, simultaneous', copies(bench.small, 3), mutual({ update: 'SIMULTANEOUS' })),
};

/** Said on the pages of both strategies. */
export const sameGradient =
  'Strategy 1 and strategy 2 have the same gradient: with peers detached and the network itself left out, both give p_i − mean of the p_j with respect to the logits z_i (with a temperature and T²: T times that difference of the softened outputs). The losses differ by a constant, the peers’ generalised Jensen–Shannon divergence. A property test proves it; runs of the two differ by rounding alone, so their distance is the noise floor of every comparison here.';

export const entropyOfMean =
  'Averaging never lowers the target’s entropy: H(mean p_j) ≥ mean H(p_j), because entropy is concave. The slide’s reason for strategy 1 (“strategy 2 leads to less entropy”) has it the other way round.';
