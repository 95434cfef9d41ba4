/** The contract's RunSpecInput as `readSpec` gives it: every default filled in, what is absent null. */
export type RunSpec = {
  readonly dataset: string;
  readonly data: DataSettings;
  readonly networks: readonly NetworkSettings[];
  readonly method: OneOf<MethodSettings>;
  readonly training: TrainingSettings;
};

/** Exactly one of the entries. */
export type OneOf<T> = { [K in keyof T]: { readonly [P in K]: T[P] } & { readonly [P in Exclude<keyof T, K>]?: undefined } }[keyof T];

export type DataSettings = {
  readonly trainSamples: number | null;
  readonly validationFraction: number;
  readonly labelledFraction: number;
  readonly withheldClasses: readonly number[];
  readonly splitSeed: number;
};

export type NetworkSettings = { readonly model: string; readonly view: string | null; readonly dropout: number };

/** Settings by method. A method of the contract that is missing here, or has no implementation, does not compile. */
export type MethodSettings = {
  readonly independent: { readonly enabled: boolean };
  readonly distillation: DistillationSettings;
  readonly mutual: MutualSettings;
  readonly confidencePenalty: ConfidencePenaltySettings;
};

export type MethodName = keyof MethodSettings;

/** How networks learn from teachers: alone (distillation), or beside their peers. */
export type TeachingSettings = {
  readonly teachers: readonly TeacherSettings[];
  readonly temperature: number;
  readonly weight: number;
  readonly scaleByTemperatureSquared: boolean;
  readonly target: TeacherTarget;
};

export type TeacherTarget = 'SOFT' | 'HARD';

export type DistillationSettings = TeachingSettings;

export type TeacherSettings = OneOf<{
  readonly run: { readonly runId: string; readonly network: number };
  readonly group: { readonly groupKey: string; readonly network: number };
  readonly trained: { readonly network: NetworkSettings; readonly epochs: number | null };
}>;

export type MutualTarget = 'PAIRWISE_MEAN' | 'ENSEMBLE_PROBABILITIES' | 'ENSEMBLE_LOGITS';

export type MutualSettings = {
  readonly update: 'ALTERNATING' | 'SIMULTANEOUS';
  readonly target: MutualTarget;
  readonly weight: number;
  readonly temperature: number;
  readonly scaleByTemperatureSquared: boolean;
  readonly labelWeight: number;
  readonly teaching: TeachingSettings | null;
  /** null: only outputs are learned from. */
  readonly features: FeatureMatchingSettings | null;
};

export type FeatureLayer = 'LAST' | 'MIDDLE';

export type FeatureMatchingSettings = {
  readonly layer: FeatureLayer;
  readonly weight: number;
  readonly alignment: 'NONE' | 'PERMUTATION';
};

export type ConfidencePenaltySettings = { readonly weight: number };

export type TrainingSettings = {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly schedule: OneOf<ScheduleSettings>;
  readonly warmupEpochs: number;
  readonly optimizer: OneOf<OptimizerSettings>;
  readonly gradientClipping: number | null;
  readonly labelSmoothing: number;
  readonly augmentation: { readonly flip: boolean; readonly cropPadding: number };
  readonly selection: 'LAST_EPOCH' | 'BEST_VALIDATION';
};

export type ScheduleSettings = {
  readonly constant: { readonly enabled: boolean };
  readonly step: { readonly milestones: readonly number[]; readonly factor: number };
  readonly cosine: { readonly finalFraction: number };
};

export type OptimizerSettings = { readonly sgd: SgdSettings; readonly adam: AdamSettings; readonly adamw: AdamSettings };

export type SgdSettings = { readonly momentum: number; readonly nesterov: boolean; readonly weightDecay: number };

export type AdamSettings = { readonly beta1: number; readonly beta2: number; readonly epsilon: number; readonly weightDecay: number };

/** The one entry that is there. */
export const chosen = <T extends object>(oneOf: OneOf<T>): { [K in keyof T]: readonly [K, T[K]] }[keyof T] => {
  const [entry] = Object.entries(oneOf).filter(([, value]) => value !== undefined && value !== null);
  return entry as unknown as { [K in keyof T]: readonly [K, T[K]] }[keyof T];
};

/** The method's part that says who teaches and how, with its path in the spec; absent where nobody does. */
export const teachingOf = ({ method }: RunSpec): { readonly path: string; readonly teaching: TeachingSettings } | undefined => {
  if (method.distillation) return { path: 'method.distillation', teaching: method.distillation };
  if (method.mutual?.teaching) return { path: 'method.mutual.teaching', teaching: method.mutual.teaching };
  return undefined;
};
