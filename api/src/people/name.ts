import { badInput } from '../errors.ts';

/** Characters of a name. */
export const shortestName = 2;
export const longestName = 40;

/** Letters, digits and marks of any script, parted by what stands in names. */
const allowed = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[ ._'’-]{1,2}[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u;

/** Scripts with letters that look like others'. */
const lookalikes = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

/** What runs carry that were scheduled with the key in the home. */
const taken = new Set(['owner']);

/** A name as it is shown: composed, without blanks around it or more than one between. */
export const cleanName = (text: string) => text.normalize('NFKC').trim().replace(/\s+/gu, ' ');

/** A name as it is compared: two that read the same are the same. */
export const comparableName = (text: string) => cleanName(text).toLowerCase();

/** Whether that can be anybody's name. */
export const isName = (text: string) => problemOf(cleanName(text)) === undefined;

/**
 * The name that somebody chose for their account.
 *
 * @throws BAD_INPUT saying what a name is.
 */
export function readName(text: string): { name: string; username: string } {
  const name = cleanName(text);
  const problem = problemOf(name);
  if (problem) throw badInput(`The name ${problem}`);
  const username = comparableName(name);
  if (taken.has(username)) throw badInput(`"${name}" is the name of the key: choose another.`);
  return { name, username };
}

function problemOf(name: string): string | undefined {
  if (name.length < shortestName || name.length > longestName)
    return `has ${name.length} characters; ${shortestName} to ${longestName} are allowed.`;
  if (!allowed.test(name)) return 'may hold letters, digits and, between them, blanks, ".", "-", "_" and apostrophes.';
  if (lookalikes.filter((script) => script.test(name)).length > 1) return 'mixes letters of scripts that look alike: use those of one.';
  return undefined;
}
