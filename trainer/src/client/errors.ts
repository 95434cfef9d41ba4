/** Nobody answered, or not now: the same request may succeed later. */
export class ApiUnreachable extends Error {
  override name = 'ApiUnreachable';
  constructor(
    message: string,
    /** The API answered, but with an error of its own (`INTERNAL_SERVER_ERROR`). */
    readonly answered = false,
  ) {
    super(message);
  }
}

/** The API understood and said no; asking again changes nothing. */
export class ApiRefused extends Error {
  override name = 'ApiRefused';
  constructor(
    /** `LEASE_LOST`, `BAD_INPUT`, `UNAUTHENTICATED` … */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Something answered at that address, but it is no Studyhall API. */
export class NotStudyhall extends Error {
  override name = 'NotStudyhall';
}

export function isRefusal(error: unknown, ...codes: string[]): error is ApiRefused {
  return error instanceof ApiRefused && (codes.length === 0 || codes.includes(error.code));
}

/** Whether the same request may succeed once something outside this trainer was put right: an API that is away, a token restored. */
export function mayPass(error: unknown): error is Error {
  return error instanceof ApiUnreachable || error instanceof NotStudyhall || isRefusal(error, 'UNAUTHENTICATED', 'FORBIDDEN');
}

/** The system's reason behind a failed `fetch`: `connect ECONNREFUSED 127.0.0.1:4000`, `timed out`. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
