import { badInput } from '../errors.ts';

/** What a token's name may have; what is done by it may be named so much longer, for its maker stands before. */
const longest = 100;
const longestWithMaker = 400;

/** Characters that nobody sees, or that turn the order of others round. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * The name that what is done by a token carries: who made it, then the token's. Its own name is any text that its maker chose, among them a
 * colleague's; what stands before it is not theirs to choose.
 */
export const nameByToken = ({ name, createdBy }: { name: string; createdBy: string | null }): string =>
  createdBy === null ? name : `${createdBy} (${name})`;

/**
 * The name that somebody gave a token.
 *
 * @param createdBy the name by which they make it
 * @throws BAD_INPUT
 */
export function readTokenName(text: string, createdBy: string | null): string {
  const name = text.normalize('NFKC').trim();
  if (!name || name.length > longest) throw badInput(`name has to have 1 to ${longest} characters.`);
  if (unseen.test(name)) throw badInput('name has a character that cannot be seen; letters, digits, blanks and signs are allowed.');
  const whole = nameByToken({ name, createdBy });
  if (whole.length > longestWithMaker)
    throw badInput(
      `What is done by this token would be named with ${whole.length} characters, as it is made by a token that was made by others; at most ${longestWithMaker}. Choose a shorter name, or sign in to make it.`,
    );
  return name;
}
