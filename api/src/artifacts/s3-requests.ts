import { setTimeout as delay } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { S3Settings } from './s3-settings.ts';

/** A bucket that does not answer, or not as it should. */
export class S3Error extends Error {
  constructor(
    message: string,
    /** The same request may succeed later: nothing is wrong with it or with the settings. */
    readonly passes: boolean,
  ) {
    super(message);
  }
}

export type S3Request = {
  method: 'GET' | 'PUT' | 'HEAD' | 'DELETE';
  /** A file's name below the prefix; empty for the bucket. */
  name?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Made anew for every attempt, for a stream that broke off cannot be sent again. */
  body?: (() => ReadableStream) | undefined;
  /** Milliseconds for the answer's first byte, with all that is sent before. */
  withinMs?: number;
};

/** One request and two more. */
const attempts = 3;
const firstPauseMs = 200;

/** What a store says where it only has too much to do, or does not work now. */
const passing = (status: number) => status >= 500 || status === 429 || status === 408;

/** Signed requests to one bucket, by its path (which every store understands); what may pass is tried again. */
export class S3Requests {
  constructor(
    readonly settings: S3Settings,
    readonly answerMs: number,
  ) {}

  get name(): string {
    return `the bucket ${this.settings.bucket} at ${this.settings.endpoint}`;
  }

  /**
   * The answer, also one of status 404 to what is asked about a file; its body is the caller's.
   *
   * @throws S3Error saying what is wrong, and whether that may pass.
   */
  async send(request: S3Request): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.#attempt(request);
      if (failure instanceof Response) return failure;
      if (!failure.passes || attempt === attempts) throw failure;
      await delay(firstPauseMs * 2 ** attempt * (0.5 + Math.random()));
    }
  }

  async #attempt({ method, name = '', query = {}, headers = {}, body, withinMs = this.answerMs }: S3Request): Promise<Response | S3Error> {
    const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey, sessionToken } = this.settings;
    const url = new URL(`${endpoint}/${bucket}${name ? `/${prefix}${name}` : ''}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const keys = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
    const signed = await new AwsV4Signer({ ...keys, method, url: url.href, headers, service: 's3', region }).sign();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), withinMs);
    try {
      const sent = body ? { body: body(), duplex: 'half' as const } : {};
      const response = await fetch(signed.url, { method, headers: signed.headers, redirect: 'manual', signal: late.signal, ...sent });
      if (response.ok || (response.status === 404 && name && method !== 'PUT')) return response;
      return await this.#refusal(response, method);
    } catch (error) {
      const why = late.signal.aborted ? `no answer within ${withinMs / 1000} s` : reasonOf(error);
      return new S3Error(`${this.name} cannot be reached: ${why}`, true);
    } finally {
      clearTimeout(timer);
    }
  }

  async #refusal(response: Response, method: string): Promise<S3Error> {
    const { status } = response;
    const text = (await response.text().catch(() => '')).slice(0, 10_000);
    const code = /<Code>([^<]{1,80})<\/Code>/.exec(text)?.[1];
    const what = `${this.name} answers ${method} with status ${status}${code ? ` (${code})` : ''}`;
    return new S3Error(`${what}${adviceOn(status, code, this.settings)}`, passing(status));
  }
}

function adviceOn(status: number, code: string | undefined, { region }: S3Settings): string {
  if (code === 'RequestTimeTooSkewed') return ': the clocks of this machine and the store differ by too much; set them right.';
  if (status === 401 || status === 403)
    return ': check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and what that key may do in this bucket.';
  if (status === 404) return ': there is no such bucket; make it, or set S3_BUCKET to one that is there.';
  if (status === 413)
    return ': it, or a proxy before it, does not take so many bytes at once; raise its limit (nginx: client_max_body_size) to 2 GiB.';
  if (status >= 300 && status < 400)
    return `: the bucket is elsewhere; set S3_ENDPOINT to its own address and S3_REGION (${region} now) to its region.`;
  return '.';
}

/** The system's reason behind a failed `fetch`. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error && cause.message ? cause.message : message;
}
