import { takesReference } from '@studyhall/contract/analysis/check-question.ts';
import { analysisKinds, entries } from '@studyhall/contract/analysis/kinds.ts';

/** Settings of `ScheduleRunsInput` that say what questions hold a run's networks against. */
export const referenceSettings: readonly string[] = ['reference', 'referenceNetwork'];

const holding: readonly string[] = analysisKinds.filter(takesReference).map((kind) => entries[kind]);

/** Whether one of the questions, as the form has them, holds the networks against others. */
export const holdsAgainst = (questions: unknown): boolean =>
  Array.isArray(questions) && questions.some((question: object) => Object.keys(question).some((entry) => holding.includes(entry)));
