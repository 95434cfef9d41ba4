import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { trainerOf } from '../access/rights.ts';
import { sha256Pattern } from '../artifacts/path.ts';
import { ArtifactQuota } from '../artifacts/quota.ts';
import { type ArtifactStore, UploadError } from '../artifacts/store.ts';
import type { Services } from '../context.ts';
import { recordArtifact, touchUploaded } from '../sql/artifacts.ts';
import { discard } from './discard.ts';
import { callerOfRequest } from './identify.ts';

/** PUT, HEAD and GET /artifacts/:sha256. Content never changes under its name, so it may be cached for ever. */
export function artifactRoutes(services: Services): Router {
  const { store, reports: db, settings } = services;
  const quota = new ArtifactQuota(db, settings.artifactQuotaBytes);
  const router = Router();
  router.get(
    '/artifacts/:sha256',
    guarded(async (request, response) => {
      await send(store, String(request.params.sha256), request, response);
    }),
  );
  router.put(
    '/artifacts/:sha256',
    guarded(async (request, response) => {
      const { tokenId } = trainerOf(callerOfRequest(request));
      const sha256 = String(request.params.sha256);
      if (!sha256Pattern.test(sha256)) throw new UploadError(400, `"${sha256}" is no SHA-256: 64 lower-case hexadecimal digits are.`);
      const announced = Number(request.headers['content-length'] ?? 0);
      store.checkSize(announced);
      // Nearly every checkpoint is new: then nothing is asked of Postgres before its bytes are there.
      const there = async () => (await store.size(sha256)) !== undefined;
      if ((await there()) && (await touchUploaded(db, [sha256])).has(sha256) && (await there())) {
        request.resume();
        return void response.status(200).json({ sha256 });
      }
      await quota.check(tokenId, announced);
      const bytes = await store.receive(sha256, request, quota.meter(tokenId), async (size) => {
        await recordArtifact(db, sha256, size, tokenId);
        quota.add(tokenId, size);
      });
      response.status(201).json({ sha256, bytes });
    }),
  );
  return router;
}

async function send(store: ArtifactStore, sha256: string, request: Request, response: Response): Promise<void> {
  const size = sha256Pattern.test(sha256) ? await store.size(sha256) : undefined;
  if (size === undefined) return void response.status(404).json({ error: `There is no artifact ${sha256}.` });
  response.setHeader('etag', `"${sha256}"`);
  response.setHeader('cache-control', 'private, max-age=31536000, immutable');
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('content-type', 'application/octet-stream');
  if (request.fresh) return void response.status(304).end();
  const ranges = request.range(size);
  if (ranges === -1) return void response.status(416).setHeader('content-range', `bytes */${size}`).end();
  const range = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  response.status(range ? 206 : 200);
  response.setHeader('content-length', range ? range.end - range.start + 1 : size);
  if (range) response.setHeader('content-range', `bytes ${range.start}-${range.end}/${size}`);
  if (request.method === 'HEAD' || size === 0) return void response.end();
  await new Promise<void>((resolve, reject) => {
    const stream = store.read(sha256, range);
    stream.on('error', reject);
    response.on('close', () => {
      stream.destroy();
      resolve();
    });
    stream.pipe(response);
  });
}

const ofArtifact = new Set(['etag', 'accept-ranges', 'content-range', 'content-length', 'content-type']);

/** Turns refusals into their status; the rest is the error handler's. */
function guarded(handler: (request: Request, response: Response) => Promise<void>): RequestHandler {
  return async (request, response, next) => {
    try {
      await handler(request, response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      await discard(request);
      // What was to be said of the artifact is not true of this answer, which nobody is to keep.
      for (const name of response.getHeaderNames()) if (ofArtifact.has(name)) response.removeHeader(name);
      response.setHeader('cache-control', 'no-store');
      if (error instanceof UploadError) return void response.status(error.status).set('connection', 'close').json({ error: error.message });
      if (request.destroyed && !request.complete) return void response.destroy();
      next(error);
    }
  };
}
