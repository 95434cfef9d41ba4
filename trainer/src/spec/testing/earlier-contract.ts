import { coerce } from '@studyhall/contract/settings/coerce.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType, type Settings } from '@studyhall/contract/settings/settings.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';

const training = inputType(settings, 'TrainingInput');

/** The contract as it was before label smoothing could be set. */
export const earlierContract: Settings = {
  ...settings,
  inputs: { ...settings.inputs, TrainingInput: { ...training, fields: training.fields.filter(({ name }) => name !== 'labelSmoothing') } },
};

/** A spec as it was read then. */
export const readEarlier = (spec: unknown): RunSpec => coerce(earlierContract, 'RunSpecInput', spec).value as RunSpec;
