import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Settings } from '../artifacts/s3-settings.ts';

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** What becomes of a request: answered as a store does, by that status, not at all, or by a connection that breaks off in the middle. */
export type S3Fate = 'answered' | number | 'silence' | 'broken';

/**
 * One bucket of a store that speaks S3: PUT, GET, HEAD, DELETE and LIST (three names to a page), for requests signed by its key alone
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
export class TestS3 {
  readonly files = new Map<string, { bytes: Buffer; at: Date }>();
  /** Of what was asked so far, each with its status. */
  readonly asked: string[] = [];
  fate: (request: IncomingMessage) => S3Fate = () => 'answered';

  private constructor(
    readonly server: Server,
    readonly settings: S3Settings,
  ) {}

  static async start(): Promise<TestS3> {
    const server = createServer((request, response) => void s3.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const keys = { accessKeyId: 'AKTEST', secretAccessKey: 'secret/with+signs', sessionToken: undefined };
    const s3 = new TestS3(server, { endpoint, bucket: 'artifacts', prefix: 'lab/', region: 'eu-test-1', ...keys });
    return s3;
  }

  /** The same as the environment names it. */
  get environment(): Record<string, string> {
    const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = this.settings;
    return {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_PREFIX: prefix,
      S3_REGION: region,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fate = this.fate(request);
    response.on('finish', () => this.asked.push(`${request.method} ${response.statusCode}`));
    if (fate === 'silence') return;
    if (fate === 'broken') return void request.once('data', () => request.destroy());
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    if (typeof fate === 'number') return void response.writeHead(fate).end('<html>a proxy</html>');
    const refused = this.#whyRefused(request, body);
    if (refused) return void response.writeHead(refused === 'NoSuchBucket' ? 404 : 403).end(`<Error><Code>${refused}</Code></Error>`);
    this.#serve(request, response, body);
  }

  #serve(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const url = new URL(request.url ?? '', this.settings.endpoint);
    const name = decodeURIComponent(url.pathname).split('/').slice(2).join('/');
    if (name === '') return void response.end(this.#list(url.searchParams));
    const file = this.files.get(name);
    if (request.method === 'PUT') {
      this.files.set(name, { bytes: body, at: new Date() });
      return void response.end();
    }
    if (request.method === 'DELETE') {
      this.files.delete(name);
      return void response.writeHead(204).end();
    }
    if (!file) return void response.writeHead(404).end(request.method === 'HEAD' ? undefined : '<Error><Code>NoSuchKey</Code></Error>');
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    const bytes = from === undefined ? file.bytes : file.bytes.subarray(Number(from), Number(to) + 1);
    response.writeHead(from === undefined ? 200 : 206, { 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  #list(query: URLSearchParams): string {
    const after = query.get('continuation-token') ?? '';
    const names = [...this.files.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '') && name > after).sort();
    const page = names.slice(0, 3);
    const contents = page.map((name) => {
      const at = this.files.get(name)?.at.toISOString();
      return `<Contents><Key>${name}</Key><LastModified>${at}</LastModified></Contents>`;
    });
    const more = names.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    return `<ListBucketResult>${contents.join('\n')}${more}</ListBucketResult>`;
  }

  #whyRefused(request: IncomingMessage, body: Buffer): string | undefined {
    const { accessKeyId, secretAccessKey, region, bucket, endpoint } = this.settings;
    const { authorization = '', ...headers } = request.headers;
    const [, key, scope = '', names = '', signature] =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(authorization) ?? [];
    if (key !== accessKeyId) return 'InvalidAccessKeyId';
    const url = new URL(request.url ?? '', endpoint);
    const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort();
    const hash = String(headers['x-amz-content-sha256']);
    const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
    const canonical = [request.method, url.pathname, query.join('&'), signed.join(''), names, hash].join('\n');
    const [date = ''] = scope.split('/');
    const signing = [date, region, 's3', 'aws4_request'].reduce<string | Buffer>(
      (secret, text) => hmac(secret, text),
      `AWS4${secretAccessKey}`,
    );
    const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
    if (hmac(signing, toSign).toString('hex') !== signature) return 'SignatureDoesNotMatch';
    if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return 'XAmzContentSHA256Mismatch';
    if (url.pathname.split('/')[1] !== bucket) return 'NoSuchBucket';
    return undefined;
  }
}
