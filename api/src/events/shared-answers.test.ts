import { expect, it } from 'vitest';
import { SharedAnswers } from './shared-answers.ts';

it('all who ask the same about one page are given one answer; of another page, or another question, another', async () => {
  const answers = new SharedAnswers<number>();
  let given = 0;
  const answer = async () => ++given;
  const [page, next] = [{}, {}];
  expect(await Promise.all([answers.give(page, 'q', answer), answers.give(page, 'q', answer)])).toEqual([1, 1]);
  expect(await answers.give(page, 'q', answer)).toBe(1);
  expect(await answers.give(page, 'another', answer)).toBe(2);
  expect(await answers.give(next, 'q', answer)).toBe(3);
});

it('an answer that failed, or is not to be kept, is given to nobody who comes later', async () => {
  const answers = new SharedAnswers<string>((answer) => answer !== 'an error');
  const page = {};
  await expect(answers.give(page, 'q', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await answers.give(page, 'q', async () => 'an error')).toBe('an error');
  expect(await answers.give(page, 'q', async () => 'right')).toBe('right');
  expect(await answers.give(page, 'q', async () => 'too late')).toBe('right');
});
