/** The normalised specification: RunSpecInput with every default filled in. What the contract's inputs coerce to. */
export type RunSpec = {
  dataset: string;
  data: {
    trainSamples: number | null;
    validationFraction: number;
    labelledFraction: number;
    withheldClasses: number[];
    splitSeed: number;
  };
  networks: NetworkSpec[];
  method: MethodSpec;
  training: TrainingSpec;
};

export type NetworkSpec = { model: string; view: string | null; dropout: number };

/** Exactly one key is present. */
export type MethodSpec = {
  independent?: { enabled: boolean };
  distillation?: TeachingSpec;
  mutual?: MutualSpec;
  confidencePenalty?: { weight: number };
};

/** How networks learn from teachers: alone, or beside their peers. */
export type TeachingSpec = {
  teachers: TeacherSpec[];
  temperature: number;
  weight: number;
  scaleByTemperatureSquared: boolean;
  target: 'SOFT' | 'HARD';
};

export type MutualSpec = {
  update: string;
  target: string;
  weight: number;
  temperature: number;
  scaleByTemperatureSquared: boolean;
  labelWeight: number;
  teaching: TeachingSpec | null;
  features: { layer: 'LAST' | 'MIDDLE'; weight: number; alignment: 'NONE' | 'PERMUTATION' } | null;
};

/** Exactly one key is present. */
export type TeacherSpec = {
  run?: { runId: string; network: number };
  group?: { groupKey: string; network: number };
  trained?: { network: NetworkSpec; epochs: number | null };
};

export type TrainingSpec = {
  epochs: number;
  batchSize: number;
  learningRate: number;
  schedule: { constant?: { enabled: boolean }; step?: { milestones: number[]; factor: number }; cosine?: { finalFraction: number } };
  warmupEpochs: number;
  optimizer: OptimizerSpec;
  gradientClipping: number | null;
  labelSmoothing: number;
  augmentation: { flip: boolean; cropPadding: number };
  selection: 'LAST_EPOCH' | 'BEST_VALIDATION';
};

/** Exactly one key is present. */
export type OptimizerSpec = {
  sgd?: { momentum: number; nesterov: boolean; weightDecay: number };
  adam?: AdamSpec;
  adamw?: AdamSpec;
};

type AdamSpec = { beta1: number; beta2: number; epsilon: number; weightDecay: number };

export type MethodName = 'INDEPENDENT' | 'DISTILLATION' | 'MUTUAL' | 'CONFIDENCE_PENALTY';

/** Which method a spec names. */
export function methodOf({ method }: RunSpec): MethodName {
  if (method.distillation) return 'DISTILLATION';
  if (method.confidencePenalty) return 'CONFIDENCE_PENALTY';
  return method.mutual ? 'MUTUAL' : 'INDEPENDENT';
}

/** The method's part that says who teaches and how, with its path in the spec; absent where nobody does. */
export function teachingOf({ method }: RunSpec): { path: string; teaching: TeachingSpec } | undefined {
  if (method.distillation) return { path: 'method.distillation', teaching: method.distillation };
  if (method.mutual?.teaching) return { path: 'method.mutual.teaching', teaching: method.mutual.teaching };
  return undefined;
}

/** All teachers, in the spec's order, each with its path. */
export function teachersOf(spec: RunSpec): { path: string; position: number; teacher: TeacherSpec }[] {
  const found = teachingOf(spec);
  return (found?.teaching.teachers ?? []).map((teacher, position) => ({
    path: `${found?.path}.teachers.${position}`,
    position,
    teacher,
  }));
}

/** The teachers that are trained first, within the run: together, so all for as many epochs. */
export function trainedTeachers(spec: RunSpec): { path: string; network: NetworkSpec; epochs: number }[] {
  return teachersOf(spec).flatMap(({ path, teacher: { trained } }) =>
    trained ? [{ path: `${path}.trained`, network: trained.network, epochs: trained.epochs ?? spec.training.epochs }] : [],
  );
}

/** Images held back for validation: taken first, from the whole training split. */
export function validationSamples(data: RunSpec['data'], trainSize: number): number {
  return Math.round(data.validationFraction * trainSize);
}

/** Training images whose labels are used. */
export function labelledSamples(data: RunSpec['data'], trainSize: number): number {
  return Math.round(data.labelledFraction * trainSamplesUsed(data, trainSize));
}

/** Training images used, after the validation split was taken. */
export function trainSamplesUsed(data: RunSpec['data'], trainSize: number): number {
  return data.trainSamples ?? trainSize - validationSamples(data, trainSize);
}
