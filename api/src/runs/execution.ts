import { coerce } from '@studyhall/contract/settings/coerce.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { badSpec } from '../errors.ts';
import type { Schedule } from './schedule.ts';

/**
 * How runs are to be executed, with all defaults: GraphQL leaves the defaults inside a default value out.
 *
 * @throws BAD_SPEC with all problems.
 */
export function readExecution(given: unknown): Schedule['execution'] {
  const { value, problems } = coerce(settings, 'ExecutionInput', given, ['execution']);
  if (problems.length > 0) throw badSpec(problems);
  return value as Schedule['execution'];
}
