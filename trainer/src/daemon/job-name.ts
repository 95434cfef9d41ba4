import type { Claim } from '../work/claim.ts';
import { kinds } from '../work/kinds.ts';

/** What the log calls a job: `run_1 (seed 3, attempt 2)`. */
export function nameOf(claim: Claim, from = ''): string {
  const { what, which } = kinds[claim.kind].subject(claim);
  return `${what} (${which}, attempt ${claim.attempt}${from})`;
}
