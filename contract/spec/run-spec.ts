import type { generated } from '../generated/settings.ts';
import type { JsonValue, Setting } from '../settings/settings.ts';
import type { OneOf } from './one-of.ts';

/** The normalised specification: RunSpecInput with every default filled in, what is absent null. A setting of the contract is one here by itself. */
export type RunSpec = Filled<'RunSpecInput'>;

export type DataSettings = Filled<'DataInput'>;
export type NetworkSettings = Filled<'NetworkInput'>;
export type TrainingSettings = Filled<'TrainingInput'>;
export type Precision = TrainingSettings['precision'];

/** Settings by method. */
export type MethodSettings = Options<'MethodInput'>;
export type DistillationSettings = Filled<'DistillationInput'>;
export type MutualSettings = Filled<'MutualInput'>;
export type MutualTarget = MutualSettings['target'];
export type ConfidencePenaltySettings = Filled<'ConfidencePenaltyInput'>;
export type FeatureMatchingSettings = Filled<'FeatureMatchingInput'>;
export type FeatureLayer = FeatureMatchingSettings['layer'];

/** How networks learn from teachers: alone, or beside their peers. */
export type TeachingSettings = Filled<'TeachingInput'>;
export type TeacherTarget = TeachingSettings['target'];
export type TeacherSettings = Filled<'TeacherInput'>;

export type ScheduleSettings = Options<'ScheduleInput'>;
export type OptimizerSettings = Options<'OptimizerInput'>;
export type SgdSettings = Filled<'SgdInput'>;
export type AdamSettings = Filled<'AdamInput'>;

type Inputs = (typeof generated)['inputs'];
type Enums = (typeof generated)['enums'];
type Scalars = { int: number; float: number; string: string; boolean: boolean; id: string; json: JsonValue };

/** What `coerce` makes of an input type. */
export type Filled<Name extends keyof Inputs> = Inputs[Name]['oneOf'] extends true
  ? OneOf<Options<Name>>
  : { readonly [F in Inputs[Name]['fields'][number] as F['name']]: Value<F> | Absent<F> };

/** The entries of which a `@oneOf` input holds one. */
export type Options<Name extends keyof Inputs> = { readonly [F in Inputs[Name]['fields'][number] as F['name']]: Value<F> };

type Value<F extends Setting> = F['list'] extends true ? readonly Item<F>[] : Item<F>;

type Item<F extends Setting> = F['kind'] extends keyof Scalars
  ? Scalars[F['kind']]
  : F['type'] extends keyof Inputs
    ? Filled<F['type']>
    : F['type'] extends keyof Enums
      ? Enums[F['type']]['values'][number]['name']
      : never;

type Absent<F extends Setting> = F extends { required: true } | { default: unknown } ? never : null;
