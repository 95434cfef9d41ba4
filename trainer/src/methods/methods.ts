import { chosen, type MethodName, type MethodSettings, type RunSpec } from '../spec/run-spec.ts';
import { distillation } from './distillation.ts';
import { independent } from './independent.ts';
import type { Method } from './method.ts';
import { mutual } from './mutual.ts';

/** Every method of the contract. */
const METHODS: { readonly [M in MethodName]: (settings: MethodSettings[M]) => Method } = { independent, distillation, mutual };

const make = <M extends MethodName>(name: M, settings: MethodSettings[M]): Method => METHODS[name](settings);

/** The method that a spec asks for. */
export const methodOf = (spec: RunSpec): Method => {
  const [name, settings] = chosen<MethodSettings>(spec.method);
  return make(name, settings);
};
