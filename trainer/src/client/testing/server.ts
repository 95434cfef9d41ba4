import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something on the network that is no Studyhall API. */
export async function serve(listener: RequestListener): Promise<{ url: URL; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
