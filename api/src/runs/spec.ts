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

export type NetworkSpec = { model: string; view: string | null };

/** Exactly one key is present. */
export type MethodSpec = {
  independent?: { enabled: boolean };
  distillation?: { teacher: TeacherSpec; temperature: number; weight: number; scaleByTemperatureSquared: boolean };
  mutual?: { update: string; target: string; weight: number; temperature: number; scaleByTemperatureSquared: boolean };
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
  optimizer: { sgd?: { momentum: number; nesterov: boolean; weightDecay: number } };
  augmentation: { flip: boolean; cropPadding: number };
  selection: 'LAST_EPOCH' | 'BEST_VALIDATION';
};

export type MethodName = 'INDEPENDENT' | 'DISTILLATION' | 'MUTUAL';

/** Which method a spec names. */
export function methodOf(spec: RunSpec): MethodName {
  if (spec.method.distillation) return 'DISTILLATION';
  return spec.method.mutual ? 'MUTUAL' : 'INDEPENDENT';
}

/** The teacher that is trained first, within the run. */
export function trainedTeacher(spec: RunSpec): { network: NetworkSpec; epochs: number } | undefined {
  const trained = spec.method.distillation?.teacher.trained;
  return trained && { network: trained.network, epochs: trained.epochs ?? spec.training.epochs };
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
