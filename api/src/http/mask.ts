import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { Prisma } from '../db.ts';
import { ApiError, busy } from '../errors.ts';
import { isBusy, originalOf } from '../events/persist.ts';
import { Work, WorkEnded } from '../limits/work.ts';
import { Seldom } from '../seldom.ts';

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

/** One cause fails many requests: it is told once, then only how often. */
const seldom = new Seldom();

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
  if (isBusy(original)) {
    seldom.say('busy', (times) => log.warn({ times }, 'Connections to Postgres are wanting: clients were told to try again.'));
    return { ...formatted, message: busy().message, extensions: { code: 'BUSY' } };
  }
  if (isMissing(original))
    return { ...formatted, message: 'There is nothing of that id, or no longer.', extensions: { code: 'NOT_FOUND' } };
  if (holdsNul(original)) return { ...formatted, message: nulMessage, extensions: { code: 'BAD_INPUT' } };
  const code = String(formatted.extensions?.code ?? '');
  const known = aboutTheQuery[code];
  if (known) return { ...formatted, message: cut(formatted.message), extensions: { code: known } };
  // A value that does not fit its type: GraphQL says so without a code when it is a literal in the query.
  if (original instanceof GraphQLError && !code)
    return { ...formatted, message: cut(formatted.message), extensions: { code: 'BAD_INPUT' } };
  if (original instanceof GraphQLError && tooManyFaults.test(original.message)) return { ...formatted, extensions: { code: 'BAD_INPUT' } };
  const message = original instanceof Error ? original.message : String(original);
  // Of a request that has ended nobody waits for the answer.
  if (!(original instanceof WorkEnded && Work.current()?.ended))
    seldom.say(message, (times) => log.error({ err: original, path: formatted.path, times }, 'An unexpected error was masked.'));
  const { path, locations } = formatted;
  return {
    message: 'Something went wrong on the server; its log says what.',
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** Prisma's word for: what was to be read or changed is not there. */
const isMissing = (error: unknown) => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';

/** GraphQL quotes what it was given, which may be long. */
const cut = (message: string) => (message.length <= 1000 ? message : `${message.slice(0, 1000)} …`);

/** What GraphQL says, without a code, once it has found fifty faults in the variables. */
const tooManyFaults = /^Too many errors processing variables/;

const nulMessage = 'A text holds the character U+0000, which cannot be stored: leave it out.';

/** Postgres keeps every character but one, in texts (22021) and in JSON (22P05), and says so of whatever part of a request held it. */
function holdsNul(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /Code: `(22021|22P05)`/.test(error.message);
}
