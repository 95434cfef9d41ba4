import http from 'node:http';

export type Sent = { status: number; text: string; bytes: number };

/**
 * Sends a body as it is, over a connection of its own. A server that answers before it has read all of it, and ends the connection, is
 * heard all the same.
 */
export function post(url: string, body: string | Buffer, headers: Record<string, string> = {}, method = 'POST'): Promise<Sent> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const options = { method, agent: false, headers: { 'content-type': 'application/json', connection: 'close', ...headers } };
    const request = http.request(url, options, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const end = () => {
        const all = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, text: all.toString('utf8', 0, 2_000_000), bytes: all.length });
      };
      response.on('end', end);
      response.on('error', end);
    });
    // What is written to a connection that has ended meanwhile fails after the request is over.
    request.on('socket', (socket) => socket.on('error', () => undefined));
    request.on('error', (error) => {
      if (!answered) reject(error);
    });
    request.end(body);
  });
}

/** Asks for data as a stranger, or with a token. */
export const graphql = (url: string, query: string, variables: object = {}, token?: string, headers: Record<string, string> = {}) =>
  post(`${url}/graphql`, JSON.stringify({ query, variables }), { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers });

/** The codes of an answer's errors, and whether it holds data. */
export function codesOf({ text }: Sent): string[] {
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
  return errors.map(({ extensions }) => extensions?.code ?? 'none');
}
