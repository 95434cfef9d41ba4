import { createReadStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Incoming } from './incoming.ts';
import { sha256Pattern } from './path.ts';
import { S3Error, type S3Request, S3Requests } from './s3-requests.ts';
import type { S3Settings } from './s3-settings.ts';
import { type ArtifactStore, type ByteRange, UploadError } from './store.ts';

/** How long an answer may take, and an upload, which gets a millisecond more for each of so many bytes: slower, it is as good as broken. */
const patience = { answerMs: 10_000, uploadMs: 20_000 };
const slowestBytesPerMs = 1000;

/** A bucket of any store that speaks S3, each file under its SHA-256. */
export class S3Store implements ArtifactStore {
  readonly #requests: S3Requests;
  readonly #prefix: string;
  readonly #incoming: Incoming;

  /** @param incoming a folder of this machine: bytes are checked there before the bucket has them. */
  constructor(
    settings: S3Settings,
    incoming: string,
    maxBytes: number,
    readonly limits = patience,
  ) {
    this.#requests = new S3Requests(settings, limits.answerMs);
    this.#prefix = settings.prefix;
    this.#incoming = new Incoming(incoming, maxBytes);
  }

  get name(): string {
    return this.#requests.name;
  }

  /** A bucket that is away for a while stops nobody from starting; one that refuses us does. */
  async open(): Promise<void> {
    await this.#incoming.open();
    await this.#list({ 'max-keys': '1' }).catch((error: S3Error) => {
      if (!error.passes) throw error;
    });
  }

  checkSize(bytes: number): void {
    this.#incoming.checkSize(bytes);
  }

  async size(sha256: string): Promise<number | undefined> {
    const response = await this.#send({ method: 'HEAD', name: sha256 });
    return response.status === 404 ? undefined : Number(response.headers.get('content-length'));
  }

  read(sha256: string, range?: ByteRange): Readable {
    const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
    const through = new PassThrough();
    const fetched = async () => {
      const { status, body } = await this.#send({ method: 'GET', name: sha256, headers });
      if (status === 404 || !body) throw new Error(`There is no file ${sha256} in ${this.name} any more.`);
      if (range && status !== 206) throw new Error(`${this.name} does not serve parts of files.`);
      await pipeline(Readable.fromWeb(body as WebStream), through);
    };
    fetched().catch((error: Error) => through.destroy(error));
    return through;
  }

  receive(sha256: string, body: Readable, take: (bytes: number) => boolean, keep: (bytes: number) => Promise<void>): Promise<number> {
    return this.#incoming.receive(sha256, body, take, async (file, bytes) => {
      await this.#put(sha256, file, bytes);
      await keep(bytes);
      // The collector of any API may have removed an older copy just before `keep` recorded this one.
      if ((await this.size(sha256)) === undefined) await this.#put(sha256, file, bytes);
    });
  }

  async remove(sha256: string): Promise<void> {
    const response = await this.#send({ method: 'DELETE', name: sha256 });
    await response.body?.cancel();
  }

  async *olderThan(ageMs: number): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const text = await this.#list(token ? { 'continuation-token': token } : {});
      for (const [, entry = ''] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const sha256 = (fieldOf(entry, 'Key') ?? '').slice(this.#prefix.length);
        const modified = Date.parse(fieldOf(entry, 'LastModified') ?? '');
        // Whatever else lies in the bucket is not ours to remove.
        if (sha256Pattern.test(sha256) && Date.now() - modified > ageMs) yield sha256;
      }
      token = fieldOf(text, 'NextContinuationToken');
    } while (token !== undefined);
  }

  removeBroken(ageMs: number): Promise<void> {
    return this.#incoming.removeBroken(ageMs);
  }

  /** The store checks the bytes by their hash once more: what arrives otherwise is refused. */
  async #put(sha256: string, file: string, bytes: number): Promise<void> {
    const response = await this.#send({
      method: 'PUT',
      name: sha256,
      headers: { 'x-amz-content-sha256': sha256, 'content-length': String(bytes), 'content-type': 'application/octet-stream' },
      body: () => Readable.toWeb(createReadStream(file)) as ReadableStream,
      withinMs: this.limits.uploadMs + bytes / slowestBytesPerMs,
    });
    await response.body?.cancel();
  }

  async #list(query: Record<string, string>): Promise<string> {
    const response = await this.#requests.send({
      method: 'GET',
      query: { 'list-type': '2', ...(this.#prefix ? { prefix: this.#prefix } : {}), ...query },
    });
    return response.text();
  }

  /** @throws UploadError (503): whoever asks is told that it is the store, and may come again. */
  async #send(request: S3Request): Promise<Response> {
    try {
      return await this.#requests.send(request);
    } catch (error) {
      if (error instanceof S3Error) throw new UploadError(503, `Artifacts cannot be stored or read now: ${error.message}`);
      throw error;
    }
  }
}

function fieldOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
