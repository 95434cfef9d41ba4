/** The id of the run that a text names: by itself, or in a link to its page; null if it names none. */
export const runIdIn = (text: string): string | null => /run_[0-9A-Za-z]+/.exec(text)?.[0] ?? null;
