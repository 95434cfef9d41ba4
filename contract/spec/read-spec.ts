import { coerce } from '../settings/coerce.ts';
import { settings } from '../settings/contract.ts';
import { cutProblems, type Problem } from '../settings/problem.ts';
import { checkSpec } from './checks/check-spec.ts';
import type { RunSpec } from './run-spec.ts';

/**
 * Reads a spec: plain JSON becomes what the contract means by it, every default filled in, and is searched for contradictions. What only its
 * dataset can tell, `checkSpecOn` finds. Reading what was read before changes nothing.
 *
 * @returns all that is wrong; `spec` is there exactly if its settings can be read, whether or not they contradict each other.
 */
export function readSpec(value: unknown): { spec?: RunSpec; problems: Problem[] } {
  const coerced = coerce(settings, 'RunSpecInput', value);
  if (coerced.problems.length > 0) return { problems: cutProblems(coerced.problems) };
  // What the contract's types say, now that nothing is wrong.
  const spec = coerced.value as RunSpec;
  return { spec, problems: cutProblems(checkSpec(spec)) };
}
