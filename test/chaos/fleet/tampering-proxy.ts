import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of an answer of the API: it is passed on, lost with its connection, or withheld for ever. */
export type Fate = 'passed' | 'lost' | 'withheld';

/** What stands between a trainer and the API, and decides of each answer once the API has given it. */
export class TamperingProxy {
  private constructor(
    readonly url: string,
    readonly close: () => void,
  ) {}

  static async before(target: string, fateOf: (asked: string, answered: string) => Fate): Promise<TamperingProxy> {
    const server = createServer(async (incoming, answer) => {
      const asked = await bytesOf(incoming);
      const { method, headers, url } = incoming;
      const passed = request(`${target}${url}`, { method, headers }, async (answered) => {
        const bytes = await bytesOf(answered);
        const fate = fateOf(asked.toString(), bytes.toString());
        if (fate === 'passed') answer.writeHead(answered.statusCode ?? 500, answered.headers).end(bytes);
        else if (fate === 'lost') incoming.socket.destroy();
      });
      passed.on('error', () => answer.destroy());
      passed.end(asked);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new TamperingProxy(`http://127.0.0.1:${port}`, () => {
      server.closeAllConnections();
      server.close();
    });
  }
}

const bytesOf = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};
