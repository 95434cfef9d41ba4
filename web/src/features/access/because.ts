const words = {
  refused: 'That is not the name and password of anybody here.',
  wait: 'That was tried too often: wait a little, then try again.',
  unanswered: 'The API does not answer: try again in a moment.',
};

const joining = {
  ...words,
  refused: 'That was refused: the name may be taken, or the password too short or too plain.',
};

/** What is said above a form that was sent without scripts and came back; nothing for any other word in the address. */
export const signInProblem = (because: unknown): string | undefined => find(words, because);
export const joinProblem = (because: unknown): string | undefined => find(joining, because);

const find = (all: Record<string, string>, because: unknown) =>
  typeof because === 'string' && Object.hasOwn(all, because) ? all[because] : undefined;
