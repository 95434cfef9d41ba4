import type { Request } from 'express';

/** Most that is read of an upload only so that its sender comes to read the refusal: who finds the connection closed never does. */
const mostDiscarded = 64_000_000;

/** Reads what is left of a request's body, and keeps nothing of it. */
export function discard(request: Request): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostDiscarded) resolve();
    });
    request.on('close', () => resolve());
    request.on('end', () => resolve());
    request.resume();
  });
}
