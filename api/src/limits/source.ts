import { written } from '@studyhall/contract/settings/written.ts';
import { type DocumentNode, Lexer, parse, Source, TokenKind } from 'graphql';
import { ApiError } from '../errors.ts';
import { checkRepeats } from './repeats.ts';

/** Most tokens of a document: the largest of our pages has some 500, GraphiQL's introspection 300. */
export const maxTokens = 5000;

/** A document of fewer tokens is validated in no time, whatever it repeats. */
const short = 500;

/** Deepest nesting of braces, brackets and parentheses: GraphQL's parser descends into each of them. */
const maxNesting = 100;

/**
 * Refuses a document that would be costly to parse or to validate, before it is. A malformed one passes: the parser says what is wrong with
 * it.
 *
 * @throws TOO_COMPLEX with the limit.
 */
export function checkSource(text: string): void {
  if (checkTokens(text) <= short) return;
  const document = parsed(text);
  if (document) checkRepeats(document);
}

/** @returns how many there are, up to what cannot be one. */
function checkTokens(text: string): number {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let tokens = 1; ; tokens += 1) {
    const kind = advance(lexer);
    if (kind === TokenKind.EOF) return tokens;
    if (tokens > maxTokens) throw new ApiError('TOO_COMPLEX', `A document may have ${written(maxTokens)} tokens; this one has more.`);
    if (opening.has(kind)) nesting += 1;
    if (closing.has(kind)) nesting -= 1;
    if (nesting > maxNesting) throw new ApiError('TOO_COMPLEX', `A document may be nested ${maxNesting} levels deep; this one is deeper.`);
  }
}

const opening = new Set<TokenKind>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<TokenKind>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function advance(lexer: Lexer): TokenKind {
  try {
    return lexer.advance().kind;
  } catch {
    return TokenKind.EOF;
  }
}

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch {
    return undefined;
  }
}
