import { coerce } from '../settings/coerce.ts';
import { settings } from '../settings/contract.ts';
import { cutProblems, type Problem } from '../settings/problem.ts';
import { canonical } from '../spec/canonical.ts';
import { withoutDefaults } from '../spec/identity.ts';
import { checkQuestion } from './check-question.ts';
import { type AnalysisKind, analysisKinds, entries, type OptionsOf, type Question, type QuestionOptions } from './kinds.ts';

/**
 * Raised whenever a kind of analysis begins to compute something else under the same options: what was answered before is then no answer to
 * the question any more.
 */
const versions: Readonly<Record<AnalysisKind, number>> = {
  GENERALISATION: 1,
  FLATNESS: 2,
  ENTROPY: 1,
  EQUIVALENT_TEMPERATURE: 2,
  PAIRS: 2,
  EMBEDDING: 2,
};

/** Reads a question: plain JSON, every default filled in, checked. `question` is there exactly if nothing is wrong. */
export function readQuestion(value: unknown): { question?: Question; problems: Problem[] } {
  const coerced = coerce(settings, 'QuestionInput', value, ['question']);
  if (coerced.problems.length > 0) return { problems: cutProblems(coerced.problems) };
  const question = coerced.value as Question;
  const problems = cutProblems(checkQuestion(question));
  return problems.length > 0 ? { problems } : { question, problems };
}

export function kindOf(question: Question): AnalysisKind {
  const kind = analysisKinds.find((one) => question[entries[one]] !== undefined);
  if (kind === undefined) throw new Error('A question without an entry was taken for one that was read.');
  return kind;
}

/** The options of a question of that kind. */
export function optionsOf<Kind extends AnalysisKind>(question: Question, kind: Kind): OptionsOf<Kind> {
  return (question as unknown as QuestionOptions)[entries[kind]] as OptionsOf<Kind>;
}

/** What a network is known by in a question: the bytes of its weights, which hold the data and the epoch they were trained on. */
export type AskedNetwork = { readonly sha256: string; readonly view: string };

/**
 * A text that names a question about weights: equal ones have the same answer. Options at their default are left out, so that a setting
 * that is added makes no earlier answer another one's. Rooms hash it (SHA-256).
 */
export function questionText(question: Question, datasetHash: string, networks: readonly AskedNetwork[]): string {
  const asked = withoutDefaults(settings, 'QuestionInput', question);
  const weights = networks.map(({ sha256, view }) => [sha256, view]);
  return canonical({ version: versions[kindOf(question)], dataset: datasetHash, question: asked, weights });
}

/** Options that the name of what is measured tells: their value makes another measure, not another setting of the same one. */
const told: Readonly<Partial<Record<AnalysisKind, readonly string[]>>> = { FLATNESS: ['scale'] };

/** Whether all options that matter are at their default: then its figures are the runs' own measurements. */
export function isStandard(question: Question): boolean {
  const kind = kindOf(question);
  const asked = (withoutDefaults(settings, 'QuestionInput', question) as Record<string, object>)[entries[kind]] ?? {};
  return Object.keys(asked).every((option) => told[kind]?.includes(option));
}
