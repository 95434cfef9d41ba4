import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import type { NamedNetwork } from './networks.ts';

/** A question about networks of several runs. */
export type QuestionTogether = {
  readonly question: Question;
  readonly networks: readonly NamedNetwork[];
  readonly reference: NamedNetwork | null;
};

/**
 * What networks are held against, seed by seed: a group, or (null) the independent twin of each; one of its networks, or (null) that at the
 * same place, the first where it has fewer.
 */
export type Reference = { readonly groupKey: string | null; readonly network: number | null };

export const independentTwin: Reference = { groupKey: null, network: null };

/** What is kept with a run: a question about its students, what such questions hold them against, and one that waits for other runs, too. */
export type Kept = Question | { readonly reference: Reference } | { readonly together: QuestionTogether };

/** Of what is kept with a run the questions that are about its students. */
export function questionsOfRun(kept: unknown): Question[] {
  return (kept as Kept[]).flatMap((one) => ('together' in one || 'reference' in one ? [] : [one]));
}

/** What these hold them against, where they do. */
export function referenceOfRun(kept: unknown): Reference {
  const [found] = (kept as Kept[]).flatMap((one) => ('reference' in one ? [one.reference] : []));
  return found ?? independentTwin;
}

/** Of what is kept with a run the questions that wait for other runs, too. */
export function togetherOfRun(kept: unknown): QuestionTogether[] {
  return (kept as Kept[]).flatMap((one) => ('together' in one ? [one.together] : []));
}
