import { checkNetworks, takesReference } from '@studyhall/contract/analysis/check-question.ts';
import { kindOf, readQuestion } from '@studyhall/contract/analysis/question.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import { badInput } from '../errors.ts';
import { expectTaken } from './expect-taken.ts';
import { independentTwin, type Kept, type Reference } from './kept-questions.ts';

const mostQuestions = 12;

/**
 * Reads the questions that are to be part of a run with so many students, as they are kept: one that stands twice once, and with them what
 * those hold its networks against that do.
 *
 * @throws BAD_INPUT with all that is wrong with them, also for one that such a run cannot be asked.
 */
export function readQuestions(given: readonly unknown[], students: number, reference: Reference = independentTwin): Kept[] {
  if (given.length > mostQuestions) throw badInput(`questions has ${given.length} entries; at most ${mostQuestions}.`);
  const read = given.map(readQuestion);
  const problems = read.flatMap(({ question, problems: own }, i) => {
    const wrong = question && checkNetworks(kindOf(question), students, takesReference(kindOf(question)));
    return [
      ...own.map(({ path, message }) => `questions.${i}.${path} ${message}`),
      ...(wrong ? [`questions.${i}: ${wrong.path} ${wrong.message}`] : []),
    ];
  });
  if (problems.length > 0) throw badInput(problems.join('\n'));
  const questions = read.flatMap(({ question }) => question ?? []);
  const holds = questions.some((one) => takesReference(kindOf(one)));
  expectTaken(reference, holds, 'these questions');
  const distinct = questions.filter((one, i) => questions.findIndex((other) => canonical(other) === canonical(one)) === i);
  return holds ? [...distinct, { reference }] : distinct;
}
