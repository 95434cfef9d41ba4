import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { StoredFile } from '../training/events.ts';
import { type ApiAddress, endpoint } from './api.ts';
import { ApiRefused, ApiUnreachable, networkReason } from './errors.ts';

/** The bytes that came are not those the name promises, or there are none. */
export class ArtifactUnusable extends Error {
  override name = 'ArtifactUnusable';
}

export function artifactPath(sha256: string): string {
  return `/artifacts/${sha256}`;
}

/** Above this size it pays to ask whether the bytes lie there already: asking costs a round trip, on every epoch. */
const ASK_FIRST_BYTES = 4 * 2 ** 20;

/** Puts a file's bytes under their hash. Doing so again changes nothing. */
export async function uploadArtifact(api: ApiAddress, file: StoredFile): Promise<void> {
  const path = artifactPath(file.sha256);
  if (file.bytes > ASK_FIRST_BYTES && (await send(api, path, { method: 'HEAD' })).ok) return;
  const response = await send(api, path, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>,
    duplex: 'half',
  });
  if (!response.ok) throw await refusal(response, `PUT ${path}`);
}

/**
 * Fetches an artifact into `target`, which appears only when its bytes match their hash.
 *
 * @throws ArtifactUnusable when they do not match or the API has none.
 */
export async function downloadArtifact(api: ApiAddress, sha256: string, target: string): Promise<void> {
  const path = artifactPath(sha256);
  const response = await send(api, path, {});
  if (response.status === 404) throw new ArtifactUnusable(`the API has no artifact ${sha256}`);
  if (!response.ok || !response.body) throw await refusal(response, `GET ${path}`);
  const partial = `${target}.${randomUUID()}.part`;
  const hash = createHash('sha256');
  const file = await open(partial, 'wx');
  try {
    for await (const chunk of chunksOf(response.body, api, path)) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
    const got = hash.digest('hex');
    if (got !== sha256) throw new ArtifactUnusable(`artifact ${sha256} is corrupted: its bytes hash to ${got}`);
    await rename(partial, target);
  } finally {
    await file.close();
    await rm(partial, { force: true });
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>, api: ApiAddress, path: string): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new ApiUnreachable(`${endpoint(api, path).href} broke off: ${networkReason(error)}`);
    });
    if (done) return;
    yield value;
  }
}

async function send(api: ApiAddress, path: string, init: RequestInit): Promise<Response> {
  const url = endpoint(api, path);
  try {
    return await fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${api.token}` } });
  } catch (error) {
    // A file of ours that cannot be read surfaces here as well, and is no matter of the network.
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'syscall' in cause && (cause.syscall === 'open' || cause.syscall === 'read') && 'path' in cause)
      throw cause;
    throw new ApiUnreachable(`cannot reach ${url.origin}: ${networkReason(error)}`);
  }
}

async function refusal(response: Response, what: string): Promise<Error> {
  const text = (await response.text().catch(() => '')).slice(0, 300);
  const message = `${what}: status ${response.status}${text === '' ? '' : `, ${text}`}`;
  // A full disk there is put right by people, who may take their time.
  if (response.status === 507) return new ApiUnreachable(message);
  if (response.status >= 500 || response.status === 408 || response.status === 429) return new ApiUnreachable(message, true);
  return new ApiRefused(response.status === 401 ? 'UNAUTHENTICATED' : response.status === 403 ? 'FORBIDDEN' : 'BAD_ARTIFACT', message);
}
