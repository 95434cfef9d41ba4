import type { Question } from '../analysis/kinds.ts';
import { readQuestion } from '../analysis/question.ts';
import { canonical } from '../spec/canonical.ts';
import type { Preset } from './system.ts';
import { systems } from './systems.ts';

/** All that a preset asks: of several groups at once, and of each of its runs; every default filled in, each question once. */
export function questionsOf({ questions, together }: Pick<Preset, 'questions' | 'together'>): Question[] {
  const read = [...together.map(({ question }) => question), ...questions].flatMap((asked) => readQuestion(asked).question ?? []);
  return [...new Map(read.map((question) => [canonical(question), question])).values()];
}

const asked = new Set(systems.flatMap(({ presets }) => presets.flatMap((preset) => questionsOf(preset).map(canonical))));

/** Whether a preset asks just this: then its figures are what the preset's conclusions are drawn from, also where it takes fewer draws or images. */
export const isAskedByDeck = (question: Question): boolean => asked.has(canonical(question));
