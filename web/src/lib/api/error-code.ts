import { CombinedGraphQLErrors } from '@apollo/client/errors';

/** The contract's code of the first GraphQL error, or null when the API was not reached at all. */
export function errorCode(error: unknown): string | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const code = error.errors[0]?.extensions?.code;
  return typeof code === 'string' ? code : null;
}

/** What to tell the reader: the API's own words, else that it could not be reached. */
export function errorMessage(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) return error.errors.map((one) => one.message).join(' ');
  return error instanceof Error ? `The API could not be reached: ${error.message}` : 'The API could not be reached.';
}

/** The settings that a spec was refused for, by path. */
export function errorProblems(error: unknown): { path: string; message: string }[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  return error.errors.flatMap((one) => {
    const problems = one.extensions?.problems;
    return Array.isArray(problems) ? problems.filter(isProblem) : [];
  });
}

function isProblem(value: unknown): value is { path: string; message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    'message' in value &&
    typeof value.path === 'string' &&
    typeof value.message === 'string'
  );
}
