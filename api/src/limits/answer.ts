import type { FormattedExecutionResult } from 'graphql';
import { write } from './known-part.ts';

/** Longest answer, in characters. */
export const maxAnswer = 5_000_000;

/** The answer's text; one that is too long says so instead. */
export function writeAnswer(answer: FormattedExecutionResult | object): string {
  const text = write(answer);
  return text.length <= maxAnswer ? text : JSON.stringify({ errors: [tooLong(text.length)] });
}

/** @param length of the answer that is not given, in characters. */
export const tooLong = (length: number) => ({
  message: `The answer would have ${(length / 1e6).toFixed(1)} MB; at most ${maxAnswer / 1e6} MB are given. Ask for fewer fields or shorter pages (first).`,
  extensions: { code: 'TOO_COMPLEX' },
});
