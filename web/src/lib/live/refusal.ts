type Said = { message: string; code: string | null };

/** Codes whose answer stays the same however often one asks. */
const final = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_INPUT',
  'TOO_COMPLEX',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/**
 * Why asking again is no use, in the API's words; null where it is: a failed statement, a lost socket, an API that is starting.
 *
 * @param error what ended a subscription or a request: GraphQL errors, a socket's close event, or anything thrown.
 */
export function refusalOf(error: unknown): Said | null {
  const errors: unknown = isRecord(error) && 'errors' in error ? error.errors : error;
  if (!Array.isArray(errors)) return null;
  for (const each of errors) {
    const code = isRecord(each) && isRecord(each.extensions) ? each.extensions.code : undefined;
    if (typeof code === 'string' && final.has(code)) return { code, message: String(each.message) };
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
