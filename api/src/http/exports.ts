import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { holdArtifacts } from '../artifacts/collect.ts';
import type { Services } from '../context.ts';
import { busy } from '../errors.ts';
import { createClient } from '../postgres/client.ts';
import { exportInto } from '../transfer/export.ts';
import { intoTar } from '../transfer/tar.ts';
import { endUnread } from './end-unread.ts';

/** Each holds a snapshot of the database and keeps unused artifacts from being collected. */
const atOnce = 2;
/** Who takes nothing of what is ready for so long is gone. */
const idleMs = 60_000;

/**
 * GET /exports/:experiment, and GET /exports for everything: what `npm run export` writes of it, as a tar archive that is made while it is
 * read.
 */
export function exportRoutes(services: Services): Router {
  const { db, store, settings, databaseUrl } = services;
  let underWay = 0;
  const send: RequestHandler = async (request, response, next) => {
    const slug = request.params.experiment?.toString();
    const about = slug === undefined ? undefined : await db.experiment.findUnique({ where: { slug }, select: { id: true } });
    if (slug !== undefined && !about) return void response.status(404).json({ error: `There is no experiment "${slug.slice(0, 80)}".` });
    if (underWay >= atOnce) return next(busy());
    underWay += 1;
    const ending = new AbortController();
    response.once('close', () => ending.abort());
    endUnread(response, idleMs);
    const client = createClient(databaseUrl);
    ending.signal.addEventListener('abort', () => void client.end().catch(() => {}), { once: true });
    try {
      await client.connect();
      await holdArtifacts(client);
      const root = `studyhall-${slug ?? 'everything'}`;
      response.setHeader('content-type', 'application/x-tar');
      response.setHeader('content-disposition', `attachment; filename="${root}.tar"`);
      response.setHeader('cache-control', 'no-store');
      if (request.method !== 'HEAD') {
        const spool = path.join(settings.home, 'exports');
        const sink = intoTar(response, { root, spool, at: new Date(), ending: ending.signal });
        await exportInto(client, sink, { store, experiment: about?.id, ending: ending.signal });
        await sink.end();
      } else response.end();
    } catch (error) {
      // Cut off, the archive is seen to be none.
      if (response.headersSent || ending.signal.aborted) response.destroy();
      else {
        response.removeHeader('content-disposition');
        next(error);
      }
    } finally {
      underWay -= 1;
      await client.end().catch(() => {});
    }
  };
  return Router().get(['/exports', '/exports/:experiment'], send);
}
