import type { Filled, Options } from '../spec/run-spec.ts';

/** Options by kind of analysis, as the contract names them. */
export type QuestionOptions = Options<'QuestionInput'>;

/** One entry: what is asked, and its options, every default filled in. */
export type Question = Filled<'QuestionInput'>;

/** Kinds of analyses: in the contract `FLATNESS` where the question has `flatness`. */
export const analysisKinds = ['GENERALISATION', 'FLATNESS', 'ENTROPY', 'EQUIVALENT_TEMPERATURE', 'PAIRS', 'EMBEDDING'] as const;
export type AnalysisKind = (typeof analysisKinds)[number];

/** The question's entry for each kind. */
export const entries = {
  GENERALISATION: 'generalisation',
  FLATNESS: 'flatness',
  ENTROPY: 'entropy',
  EQUIVALENT_TEMPERATURE: 'equivalentTemperature',
  PAIRS: 'pairs',
  EMBEDDING: 'embedding',
} as const satisfies Record<AnalysisKind, keyof QuestionOptions>;

export type OptionsOf<Kind extends AnalysisKind> = QuestionOptions[(typeof entries)[Kind]];
