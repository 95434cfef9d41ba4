import type { RequestHandler, Router } from 'express';
import { Router as createRouter } from 'express';
import type { Services } from '../context.ts';
import { findNewer } from '../postgres/newer.ts';
import { callerOfRequest } from './identify.ts';

/** How long the answer of a part may take before that part counts as away. */
const patienceMs = 2000;
/** How long what was found out is told again: probes come from many. */
const trustedMs = 1000;
/** No file has it. */
const nothing = '0'.repeat(64);

/** GET /healthz: whether this process works; GET /ready: whether all it needs does, so that it may be sent requests. Open to all. */
export function healthRoutes({ hub, db, store }: Services, isClosing: () => boolean): Router {
  const parts = {
    postgres: () => db.$queryRaw`SELECT 1`,
    // Another API may have been updated on the same database.
    'this API, which is older than the database: update it': async () => {
      if ((await findNewer(db)).length > 0) throw new Error('newer');
    },
    artifacts: () => store.size(nothing),
  };
  let known: { at: number; away: Promise<string[]> } | undefined;
  const router = createRouter();
  router.get('/healthz', (_request, response) => {
    response.status(hub.connected ? 200 : 503).json({ status: hub.connected ? 'ok' : 'waiting for Postgres' });
  });
  router.get('/ready', async (_request, response) => {
    if (!known || performance.now() - known.at > trustedMs) known = { at: performance.now(), away: findAway(parts) };
    const away = [
      ...(await known.away),
      ...(hub.connected ? [] : ['changes from Postgres']),
      ...(isClosing() ? ['this process is ending'] : []),
    ];
    response.status(away.length > 0 ? 503 : 200).json(away.length > 0 ? { status: 'not ready', away } : { status: 'ready' });
  });
  return router;
}

async function findAway(parts: Record<string, () => PromiseLike<unknown>>): Promise<string[]> {
  const asked = Object.entries(parts).map(async ([name, ask]) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('late')), patienceMs);
    });
    try {
      await Promise.race([ask(), late]);
      return [];
    } catch {
      return [name];
    } finally {
      clearTimeout(timer);
    }
  });
  return (await Promise.all(asked)).flat();
}

/** GET /metrics: for Prometheus, with the token of a person, who may be a viewer. */
export function metrics({ monitor }: Services): RequestHandler {
  return async (_request, response) => {
    const text = await monitor.text();
    response.setHeader('content-type', monitor.contentType);
    response.setHeader('cache-control', 'no-store');
    response.end(text);
  };
}

/** Times what trainers ask. */
export function timeReports({ monitor }: Services): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once('finish', () => {
      if (callerOfRequest(request).kind === 'trainer') monitor.reported((performance.now() - began) / 1000);
    });
    next();
  };
}
