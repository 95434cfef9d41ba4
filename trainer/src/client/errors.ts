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
    /** What else the API says of it, by name. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/**
 * Something between this trainer and the API answered in its place: a proxy that is starting, overloaded, or set otherwise. No fault of a
 * run; what it wrote is for browsers and repeated nowhere.
 */
export class ProxyAnswer extends ApiUnreachable {
  override name = 'ProxyAnswer';
  constructor(origin: string, status: number, what = '') {
    super(`${origin} answers ${what}with status ${status}, which is not from the API: a proxy before it does so`, true);
  }
}

/** A proxy takes no request of that size: the same one never passes, whoever sends it. */
export class TooLargeForProxy extends Error {
  override name = 'TooLargeForProxy';
  constructor(
    origin: string,
    bytes: number,
    /** A request that may be sent in parts; a file may not. */
    readonly divisible: boolean,
  ) {
    const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`;
    super(
      `a proxy at ${origin} refuses ${size} at once (status 413): raise its limit to more than that (nginx: client_max_body_size; Traefik: maxRequestBodyBytes), or join by an address without it`,
    );
  }
}

/** Something answered at that address, but it is no Studyhall API. */
export class NotStudyhall extends Error {
  override name = 'NotStudyhall';
  constructor(
    message: string,
    /** The same without what was answered, for a log that says why something waits. */
    readonly reason = message,
  ) {
    super(message);
  }
}

export function isRefusal(error: unknown, ...codes: string[]): error is ApiRefused {
  return error instanceof ApiRefused && (codes.length === 0 || codes.includes(error.code));
}

/** Whether the token was one and opens nothing any more: it was revoked or has expired, and never comes back. */
export function isTokensEnd(error: unknown): error is ApiRefused {
  return isRefusal(error, 'UNAUTHENTICATED') && (error.details.reason === 'revoked' || error.details.reason === 'expired');
}

/** Whether the same request may succeed once something outside this trainer was put right: an API that is away, a token restored. */
export function mayPass(error: unknown): error is Error {
  return error instanceof ApiUnreachable || error instanceof NotStudyhall || isRefusal(error, 'UNAUTHENTICATED', 'FORBIDDEN');
}

/** Why something waits, in words of ours. */
export function outageReason(error: Error): string {
  return error instanceof NotStudyhall ? error.reason : error.message;
}

/** Whether what lies between this trainer and the API is at fault, and neither a run nor the API. */
export function isProxysFault(error: unknown): boolean {
  return error instanceof ProxyAnswer || error instanceof TooLargeForProxy || error instanceof NotStudyhall;
}

/** The system's reason behind a failed `fetch`: `connect ECONNREFUSED 127.0.0.1:4000`, `timed out`. */
export function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
