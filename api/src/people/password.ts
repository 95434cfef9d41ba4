import { badInput } from '../errors.ts';
import { comparableName } from './name.ts';

/** Characters of a password. */
export const shortestPassword = 10;
export const longestPassword = 128;

const fewestDifferent = 5;

/**
 * What a new password has to be. How it is made up is nobody's business: length is what keeps guesses away, and wrong ones are slowed.
 *
 * @throws BAD_INPUT saying what is wrong with it, never what it is.
 */
export function checkPassword(password: string, name: string): void {
  const problem = problemOf(password, name);
  if (problem) throw badInput(`The password ${problem}`);
}

function problemOf(password: string, name: string): string | undefined {
  const { length } = [...password];
  if (length < shortestPassword) return `has ${length} characters; at least ${shortestPassword} are needed.`;
  if (password.length > longestPassword) return `is longer than ${longestPassword} characters.`;
  if (new Set(password).size < fewestDifferent) return `needs at least ${fewestDifferent} different characters.`;
  if (comparableName(password).includes(comparableName(name))) return 'must not hold the name.';
  return undefined;
}
