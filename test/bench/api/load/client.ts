import { Agent, request } from 'node:http';

export type Answer = { status: number; body: Buffer };
export type Post = (body: string | Buffer, method?: string, path?: string) => Promise<Answer>;

/** After which no answer is waited for: nothing that is measured may last for ever. */
const patienceMs = 30_000;

/**
 * One keep-alive connection to a server. As lean as Node allows, for it shares the cores with what it measures: no parsing, bodies as given.
 *
 * @param url where bodies are posted unless another path is named.
 */
export function connection(url: string, headers: Record<string, string>): { post: Post; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port, pathname } = new URL(url);
  const post: Post = (body, method = 'POST', path = pathname) =>
    new Promise((resolve, reject) => {
      const length = method === 'GET' ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request({ agent, hostname, port, path, method, headers: { ...headers, ...length } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      });
      sent.setTimeout(patienceMs, () => sent.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
      sent.on('error', reject);
      sent.end(method === 'GET' ? undefined : body);
    });
  return { post, close: () => agent.destroy() };
}

export const asJson = (token?: string): Record<string, string> => ({
  'content-type': 'application/json',
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
});

/** @throws with the answer, if it is not a success or tells of errors. */
export function expectRight({ status, body }: Answer): Buffer {
  if (status < 200 || status > 299 || body.includes('"errors":[')) throw new Error(`answered ${status}: ${body.toString().slice(0, 400)}`);
  return body;
}
