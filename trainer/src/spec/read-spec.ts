import { checkSpec } from './check.ts';
import { Coercion } from './coerce.ts';
import { inputType } from './contract.ts';
import { SpecError } from './problem.ts';
import type { RunSpec } from './run-spec.ts';

/**
 * A spec, as plain JSON, with every default of the contract filled in. Reading what was read before changes nothing.
 *
 * @throws SpecError with everything that is wrong with it.
 */
export const readSpec = (value: unknown): RunSpec => {
  const coercion = new Coercion();
  const spec = coercion.object(inputType('RunSpecInput'), value);
  if (coercion.problems.length > 0) throw new SpecError(coercion.problems);
  // What the contract's types say, now that nothing is wrong.
  const checked = spec as RunSpec;
  const problems = checkSpec(checked);
  if (problems.length > 0) throw new SpecError(problems);
  return checked;
};
