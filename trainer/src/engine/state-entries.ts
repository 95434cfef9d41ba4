import type { StateEntries, TensorData, TensorSpec } from './engine.ts';
import { checkData } from './signature.ts';

/**
 * The entries of a state with these specs, filled with the values of their names; other values are left out.
 *
 * @throws SignatureError unless there is a value for every spec, in its type and length
 */
export const stateEntries = (specs: Readonly<Record<string, TensorSpec>>, values: Readonly<Record<string, TensorData>>): StateEntries =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { spec, data: checkData(name, spec, values[name]) }]));
