import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { StoredFile } from '../stored-files.ts';
import { type ApiAddress, endpoint } from './api.ts';
import { ApiRefused, ApiUnreachable, networkReason, ProxyAnswer, TooLargeForProxy } from './errors.ts';

/** The bytes that came are not those the name promises, or there are none. */
export class ArtifactUnusable extends Error {
  override name = 'ArtifactUnusable';
}

export function artifactPath(sha256: string): string {
  return `/artifacts/${sha256}`;
}

/** Above this size it pays to ask whether the bytes lie there already: asking costs a round trip, on every epoch. */
const ASK_FIRST_BYTES = 4 * 2 ** 20;

/**
 * Puts a file's bytes under their hash. Doing so again changes nothing.
 *
 * @throws TooLargeForProxy where a proxy does not take so many bytes; ApiUnreachable where trying again makes sense; ApiRefused.
 */
export async function uploadArtifact(api: ApiAddress, file: StoredFile): Promise<void> {
  const path = artifactPath(file.sha256);
  if (file.bytes > ASK_FIRST_BYTES && (await send(api, path, { method: 'HEAD' })).ok) return;
  const response = await send(api, path, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>,
    duplex: 'half',
    redirect: 'manual',
  });
  if (!response.ok) throw await refusal(response, `PUT ${path}`, file.bytes);
}

/**
 * Fetches an artifact into `target`, which appears only when its bytes match their hash.
 *
 * @throws ArtifactUnusable when they do not match or the API has none.
 */
export async function downloadArtifact(api: ApiAddress, sha256: string, target: string): Promise<void> {
  const path = artifactPath(sha256);
  const response = await send(api, path, {});
  if (response.status === 404 && speaksAsWeDo(response)) throw new ArtifactUnusable(`the API has no artifact ${sha256}`);
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
    const response = await fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${api.token}` } });
    // A login page with status 200 would else pass for bytes that lie there, or for an upload that was taken.
    if (response.status < 400 && !speaksAsWeDo(response)) throw await proxyAnswer(url, response);
    return response;
  } catch (error) {
    if (error instanceof ProxyAnswer) throw error;
    // A file of ours that cannot be read surfaces here as well, and is no matter of the network.
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'syscall' in cause && (cause.syscall === 'open' || cause.syscall === 'read') && 'path' in cause)
      throw cause;
    throw new ApiUnreachable(`cannot reach ${url.origin}: ${networkReason(error)}`);
  }
}

/** Whether an answer can be the API's: it sends bytes and JSON, never text for people, and no upload to somewhere else. */
function speaksAsWeDo({ status, headers }: Response): boolean {
  return !(status >= 300 && status < 400) && !/^(text\/|application\/xhtml)/.test(headers.get('content-type') ?? '');
}

async function proxyAnswer({ origin }: URL, response: Response): Promise<ProxyAnswer> {
  await response.body?.cancel();
  return new ProxyAnswer(origin, response.status);
}

/** @param bytes how many were sent, where some were */
async function refusal(response: Response, what: string, bytes?: number): Promise<Error> {
  const { status } = response;
  const { origin } = new URL(response.url);
  const text = await response.text().catch(() => '');
  const said = speaksAsWeDo(response) ? explanationIn(text) : null;
  if (said === null)
    return status === 413 && bytes !== undefined ? new TooLargeForProxy(origin, bytes, false) : new ProxyAnswer(origin, status, `${what} `);
  const message = `${what}: status ${status}${said === '' ? '' : `, ${said}`}`;
  // A full disk there is put right by people, who may take their time.
  if (status === 507) return new ApiUnreachable(message);
  if (status >= 500 || status === 408 || status === 429) return new ApiUnreachable(message, true);
  return new ApiRefused(status === 401 ? 'UNAUTHENTICATED' : status === 403 ? 'FORBIDDEN' : 'BAD_ARTIFACT', message);
}

/** What the API says of a refusal; null where JSON is not of its form, and so somebody else's. */
function explanationIn(text: string): string | null {
  if (!/^\s*[{[]/.test(text)) return text.slice(0, 300);
  try {
    const { error, errors } = JSON.parse(text) as { error?: unknown; errors?: { message?: unknown }[] };
    const said = error ?? errors?.[0]?.message;
    return typeof said === 'string' ? said : null;
  } catch {
    return null;
  }
}
