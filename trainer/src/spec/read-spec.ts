import { readSpec as read } from '@studyhall/contract/spec/read-spec.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { SpecError } from './spec-error.ts';

/**
 * A spec, as plain JSON, with every default of the contract filled in. Reading what was read before changes nothing.
 *
 * @throws SpecError with everything that is wrong with it, as far as it can be told without its dataset.
 */
export const readSpec = (value: unknown): RunSpec => {
  const { spec, problems } = read(value);
  if (spec === undefined || problems.length > 0) throw new SpecError(problems);
  return spec;
};
