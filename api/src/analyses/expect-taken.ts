import { badInput } from '../errors.ts';
import type { Reference } from './kept-questions.ts';

/** @throws BAD_INPUT for a reference that is named where no question takes one. @param asked what the questions are called */
export function expectTaken({ groupKey, network }: Reference, taken: boolean, asked: string): void {
  const named = [...(groupKey === null ? [] : ['reference']), ...(network === null ? [] : ['referenceNetwork'])];
  if (named.length > 0 && !taken) throw badInput(`${named.join(' and ')} is not taken by ${asked}: leave it out.`);
}
