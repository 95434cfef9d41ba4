import { coerce } from '@studyhall/contract/settings/coerce.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import type { Method } from '../method.ts';
import { methodOf } from '../methods.ts';

/** A method with its settings; what is left out stands at the contract's default. Also one that no spec may ask for, to see a term alone. */
export const methodFrom = (method: object): Method => {
  const { value, problems } = coerce(settings, 'MethodInput', method);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return methodOf({ method: value as RunSpec['method'] });
};
