import { checkNetworks } from '@studyhall/contract/analysis/check-question.ts';
import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf, readQuestion } from '@studyhall/contract/analysis/question.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import { badInput } from '../errors.ts';

const mostQuestions = 12;

/**
 * Reads the questions that are to be part of a run with so many students; one that stands twice once.
 *
 * @throws BAD_INPUT with all that is wrong with them, also for one that such a run cannot be asked.
 */
export function readQuestions(given: readonly unknown[], students: number): Question[] {
  if (given.length > mostQuestions) throw badInput(`questions has ${given.length} entries; at most ${mostQuestions}.`);
  const read = given.map(readQuestion);
  const problems = read.flatMap(({ question, problems: own }, i) => {
    const wrong = question && checkNetworks(kindOf(question), students, false);
    return [
      ...own.map(({ path, message }) => `questions.${i}.${path} ${message}`),
      ...(wrong ? [`questions.${i}: ${wrong.path} ${wrong.message}`] : []),
    ];
  });
  if (problems.length > 0) throw badInput(problems.join('\n'));
  const questions = read.flatMap(({ question }) => question ?? []);
  return questions.filter((one, i) => questions.findIndex((other) => canonical(other) === canonical(one)) === i);
}
