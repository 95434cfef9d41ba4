/** One thing that is wrong with an input. `path` names the setting: `training.learningRate`, `networks.0.model`; the message goes on from there. */
export type Problem = { readonly path: string; readonly message: string };

/** Most problems that are told of one input, most characters of what a message quotes, of a path and of a message. */
export const maxProblems = 100;
const maxQuote = 80;
const maxPath = 200;
const maxMessage = 1000;

/** A value as a message quotes it. Cut before it is written: it may be as large as a request. */
export function quote(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, maxQuote));
  return (JSON.stringify(value) ?? String(value)).slice(0, maxQuote);
}

/** A name of someone's choosing, as part of a path. */
export const cutName = (name: string) => name.slice(0, maxQuote);

/** What a spec says is quoted in its problems: it may be long, and much of it wrong. */
export function cutProblems(problems: readonly Problem[]): Problem[] {
  return problems.slice(0, maxProblems).map(({ path, message }) => ({
    path: path.slice(0, maxPath),
    message: message.length > maxMessage ? `${message.slice(0, maxMessage)} …` : message,
  }));
}
