import { readSpec } from '../../spec/read-spec.ts';
import type { Method } from '../method.ts';
import { methodOf } from '../methods.ts';

/** A method as a spec asks for it: what is left out stands at the contract's default. */
export const methodFrom = (method: object): Method =>
  methodOf(readSpec({ dataset: 'tiny', networks: [{ model: 'mlp-4' }, { model: 'mlp-4' }], method }));
