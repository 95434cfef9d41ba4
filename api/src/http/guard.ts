import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { hostAllowed, originAllowed } from '../access/origin.ts';

/** Answers only requests that name a host of ours and, if a browser sends them, come from a page of ours. */
export function checkHostAndOrigin(publicHosts: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { host, origin } = request.headers;
    if (!hostAllowed(host, publicHosts))
      return void response.status(403).json({ error: `Host "${host}" is not served here. Name it in PUBLIC_HOSTS if it should be.` });
    if (!originAllowed(origin, host, publicHosts))
      return void response
        .status(403)
        .json({ error: `Pages of ${origin} may not use this API. Name their host in PUBLIC_HOSTS if they should.` });
    next();
  };
}

/** The last word on a request: what the client did wrong is said, what we did wrong is logged. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error?.status === 'number' ? error.status : 500;
    if (status >= 500) log.error({ err: error }, 'A request failed.');
    const message = status < 500 || error?.expose ? String(error.message) : 'Something went wrong on the server; its log says what.';
    response.status(status).json({ errors: [{ message, extensions: { code: status < 500 ? 'BAD_INPUT' : 'INTERNAL_SERVER_ERROR' } }] });
  };
}
