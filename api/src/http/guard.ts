import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { hostAllowed, originAllowed, type Reach } from '../access/origin.ts';
import { ApiError } from '../errors.ts';
import { isBusy } from '../events/persist.ts';

/** Answers only requests that name a host of ours and, if a browser sends them, come from a page of ours. */
export function checkHostAndOrigin(reach: Reach): RequestHandler {
  return (request, response, next) => {
    const { host, origin } = request.headers;
    if (!hostAllowed(host, reach))
      return void response
        .status(403)
        .json({ error: `Host "${host?.slice(0, 80)}" is not served here. Name it in PUBLIC_HOSTS if it should be.` });
    if (!originAllowed(origin, host, reach))
      return void response
        .status(403)
        .json({ error: `Pages of ${origin?.slice(0, 80)} may not use this API. Name their host in PUBLIC_HOSTS if they should.` });
    next();
  };
}

/** Nothing that is answered is taken for another type than it says, and no address of ours is told to others. */
export const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  next();
};

/** The last word on a request: what the client did wrong is said, what we did wrong is logged. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, code, message, details = {} } = explain(error);
    const { retryAfter } = error instanceof ApiError ? error.extensions : {};
    if (typeof retryAfter === 'number') response.setHeader('retry-after', retryAfter);
    if (status === 500) log.error({ err: error }, 'A request failed.');
    response.status(status).json({ errors: [{ message, extensions: { ...details, code } }] });
  };
}

function explain(error: unknown): { status: number; code: string; message: string; details?: object } {
  if (isBusy(error)) return { status: 503, code: 'BUSY', message: 'Too much is asked at once: try again in a moment.' };
  if (error instanceof ApiError) {
    const { http: _, ...details } = error.extensions;
    return { status: statusOf[error.code] ?? 400, code: error.code, message: error.message, details };
  }
  const { status, message } = error as { status?: unknown; message?: unknown };
  if (typeof status === 'number' && status < 500) return { status, code: 'BAD_INPUT', message: String(message).slice(0, 300) };
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on the server; its log says what.' };
}

const statusOf: Partial<Record<ApiError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_MANY_TRIES: 429,
  BUSY: 503,
};
