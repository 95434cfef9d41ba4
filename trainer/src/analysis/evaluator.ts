import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import type { Analysed, AnalysisData } from './analysed.ts';
import type { Predict } from './predict.ts';

/** The networks that a question is about, and what they are held against, where it has a reference. */
export type Asked = { readonly networks: readonly Analysed[]; readonly reference: Analysed | null };

/**
 * Answers one kind of question. Asks networks through `predict` alone, which counts images, stops where it is to, and compiles each
 * architecture once. The same question, the same answer, on the same engine.
 */
export type Evaluator<Options> = (asked: Asked, predict: Predict, data: AnalysisData, options: Options) => Promise<AnalysisResult>;

/** A result with nothing in it but what is given. */
export const resultOf = (given: Partial<AnalysisResult>): AnalysisResult => ({
  figures: [],
  charts: [],
  tables: [],
  maps: [],
  notes: [],
  ...given,
});
