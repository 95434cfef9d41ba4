import type { AnalysisKind, OptionsOf, Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, optionsOf } from '@studyhall/contract/analysis/question.ts';
import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import type { AnalysisData } from './analysed.ts';
import { embedding } from './embedding.ts';
import { entropy } from './entropy.ts';
import { equivalentTemperature } from './equivalent-temperature.ts';
import type { Asked, Evaluator } from './evaluator.ts';
import { flatness } from './flatness.ts';
import { generalisation } from './generalisation.ts';
import { pairs } from './pairs.ts';
import type { Predict } from './predict.ts';

/** Every kind of analysis there is: one of the contract's that is missing does not compile. */
const evaluators: { readonly [Kind in AnalysisKind]: Evaluator<OptionsOf<Kind>> } = {
  GENERALISATION: generalisation,
  FLATNESS: flatness,
  ENTROPY: entropy,
  EQUIVALENT_TEMPERATURE: equivalentTemperature,
  PAIRS: pairs,
  EMBEDDING: embedding,
};

export const answer = (question: Question, asked: Asked, predict: Predict, data: AnalysisData): Promise<AnalysisResult> => {
  const kind = kindOf(question);
  const evaluate = evaluators[kind] as Evaluator<unknown>;
  return evaluate(asked, predict, data, optionsOf(question, kind));
};
