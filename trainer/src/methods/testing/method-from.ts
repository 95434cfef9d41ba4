import { Coercion } from '../../spec/coerce.ts';
import { inputType } from '../../spec/contract.ts';
import type { RunSpec } from '../../spec/run-spec.ts';
import type { Method } from '../method.ts';
import { methodOf } from '../methods.ts';

/** A method with its settings; what is left out stands at the contract's default. Also one that no spec may ask for, to see a term alone. */
export const methodFrom = (method: object): Method => {
  const coercion = new Coercion();
  const settings = coercion.object(inputType('MethodInput'), method) as RunSpec['method'];
  if (coercion.problems.length > 0) throw new Error(JSON.stringify(coercion.problems));
  return methodOf({ method: settings });
};
