import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { GraphQLError } from 'graphql';

export type ErrorCode =
  | 'BAD_SPEC'
  | 'BAD_INPUT'
  | 'NOT_FOUND'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'LEASE_LOST'
  | 'CONFLICT'
  | 'OUTDATED'
  | 'MISSED_CHANGES'
  | 'TOO_COMPLEX'
  | 'BUSY'
  | 'TOO_MANY_TRIES';

/** An error for the client's eyes: its message is shown as it is. Everything else is masked. */
export class ApiError extends GraphQLError {
  constructor(
    readonly code: ErrorCode,
    message: string,
    extensions: Record<string, unknown> = {},
  ) {
    super(message, { extensions: { code, ...extensions } });
  }
}

export const badInput = (message: string) => new ApiError('BAD_INPUT', message);

export const notFound = (what: string, id: string) => new ApiError('NOT_FOUND', `There is no ${what} "${id}".`);

/** Nothing is wrong with the request, there is only too much to do at the moment. */
export const busy = () => new ApiError('BUSY', 'Too much is asked at once: try again in a moment.', { http: { status: 503 } });

export const leaseLost = (jobId: string, attempt: number) =>
  new ApiError(
    'LEASE_LOST',
    `Attempt ${attempt} no longer holds the lease of job ${jobId}: it lapsed, ended or was handed on. Nothing was changed.`,
  );

export function badSpec(problems: readonly Problem[]): ApiError {
  const list = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n');
  return new ApiError('BAD_SPEC', `The spec was refused, nothing was scheduled.\n${list}`, { problems });
}
