import type { Problem } from '../settings/problem.ts';
import type { AnalysisKind, Question } from './kinds.ts';

const mostSigmas = 40;

/** What is wrong with options that can be read, each by itself. */
export function checkQuestion({ flatness, pairs }: Question): Problem[] {
  const problems: Problem[] = [];
  const refuse = (path: string, message: string) => problems.push({ path: `question.${path}`, message });
  if (flatness) {
    const { sigmas } = flatness;
    if (sigmas.length === 0 || sigmas.length > mostSigmas)
      refuse('flatness.sigmas', `has ${sigmas.length} entries; it has to have 1 to ${mostSigmas}.`);
    const falling = sigmas.findIndex((sigma, i) => i > 0 && sigma <= (sigmas[i - 1] as number));
    if (falling > 0) refuse(`flatness.sigmas.${falling}`, `is ${sigmas[falling]} after ${sigmas[falling - 1]}; they have to rise.`);
  }
  if (pairs && pairs.barrierPoints > 0 && pairs.barrierPoints < 3)
    refuse('pairs.barrierPoints', `is ${pairs.barrierPoints}; it has to be 0, or at least 3: the two ends and what lies between.`);
  return problems;
}

/** How many networks a kind of analysis takes. */
export const networksTaken: Readonly<Record<AnalysisKind, { min: number; max: number }>> = {
  GENERALISATION: { min: 1, max: 16 },
  FLATNESS: { min: 1, max: 16 },
  ENTROPY: { min: 1, max: 16 },
  EQUIVALENT_TEMPERATURE: { min: 1, max: 16 },
  PAIRS: { min: 1, max: 6 },
  EMBEDDING: { min: 1, max: 8 },
};

/** Whether such a question holds its networks against another one. */
export const takesReference = (kind: AnalysisKind): boolean => kind === 'EQUIVALENT_TEMPERATURE';

/** What is wrong with the networks that a question is asked of; undefined if nothing is. */
export function checkNetworks(kind: AnalysisKind, count: number, reference: boolean): Problem | undefined {
  const { min, max } = networksTaken[kind];
  if (count < min || count > max) return { path: 'networks', message: `has ${count} entries; such a question takes ${min} to ${max}.` };
  const needs = takesReference(kind);
  if (needs && !reference)
    return { path: 'reference', message: 'is required: the network whose temperature is asked for, an independent twin or a teacher.' };
  if (!needs && reference) return { path: 'reference', message: 'is not taken by such a question: leave it out.' };
  return undefined;
}
