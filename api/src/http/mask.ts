import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { Prisma } from '../db.ts';
import { ApiError } from '../errors.ts';

/** Codes that GraphQL's own checks give; what they say is about the query, not about us. */
const aboutTheQuery: Record<string, string> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_INPUT',
  BAD_REQUEST: 'BAD_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_INPUT',
};

/**
 * What a client may see of an error. Ours are shown as they are; unexpected ones are logged in full and masked.
 *
 * @param error as thrown, or wrapped by GraphQL with its place in the query.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const original = originalOf(error);
  if (original instanceof ApiError) {
    const { http: _, ...extensions } = original.extensions;
    return { ...formatted, message: original.message, extensions };
  }
  if (holdsNul(original)) return { ...formatted, message: nulMessage, extensions: { code: 'BAD_INPUT' } };
  const code = String(formatted.extensions?.code ?? '');
  const known = aboutTheQuery[code];
  if (known) return { ...formatted, extensions: { code: known } };
  // A value that does not fit its type: GraphQL says so without a code when it is a literal in the query.
  if (original instanceof GraphQLError && !code) return { ...formatted, extensions: { code: 'BAD_INPUT' } };
  log.error({ err: original, path: formatted.path }, 'An unexpected error was masked.');
  const { path, locations } = formatted;
  return {
    message: 'Something went wrong on the server; its log says what.',
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

const nulMessage = 'A text holds the character U+0000, which cannot be stored: leave it out.';

/** Postgres keeps every character but one, in texts (22021) and in JSON (22P05), and says so of whatever part of a request held it. */
function holdsNul(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /Code: `(22021|22P05)`/.test(error.message);
}

function originalOf(error: unknown): unknown {
  let current = error;
  while (current instanceof GraphQLError && !(current instanceof ApiError) && current.originalError) current = current.originalError;
  return current;
}
