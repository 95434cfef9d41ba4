import { chosen } from '@studyhall/contract/spec/one-of.ts';
import type { MethodSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { confidencePenalty } from './confidence-penalty.ts';
import { distillation } from './distillation.ts';
import { independent } from './independent.ts';
import type { Method } from './method.ts';
import { mutual } from './mutual.ts';

type ContractMethod = keyof MethodSettings;

/** Every method of the contract: one that is missing here does not compile. */
const METHODS: { readonly [M in ContractMethod]: (settings: MethodSettings[M]) => Method } = {
  independent,
  distillation,
  mutual,
  confidencePenalty,
};

const make = <M extends ContractMethod>(name: M, settings: MethodSettings[M]): Method => METHODS[name](settings);

/** The method that a spec asks for. */
export const methodOf = ({ method }: Pick<RunSpec, 'method'>): Method => {
  const [name, settings] = chosen<MethodSettings>(method);
  return make(name, settings);
};
