import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on this machine that answers as a test says, path by path, and keeps what was asked. */
export class FileServer {
  readonly asked: { path: string; range: string | undefined }[] = [];
  readonly #answers = new Map<string, Answer>();
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '/';
    this.asked.push({ path, range: request.headers.range });
    const answer = this.#answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });

  static async open(): Promise<FileServer> {
    const own = new FileServer();
    await new Promise<void>((resolve) => own.#server.listen(0, '127.0.0.1', resolve));
    return own;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  on(path: string, answer: Answer): string {
    this.#answers.set(path, answer);
    return this.url(path);
  }

  /** Serves a file, from wherever a Range asks for. */
  file(path: string, bytes: Buffer): string {
    return this.on(path, (request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const head = { 'content-length': bytes.length - from };
      if (request.headers.range) response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
      else response.writeHead(200, head);
      response.end(bytes.subarray(from));
    });
  }

  /** Serves a file, but hangs up after so many bytes of each answer. */
  cutting(path: string, bytes: Buffer, after: number): string {
    return this.on(path, (request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const head = { 'content-length': bytes.length - from };
      if (from > 0) response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` });
      else response.writeHead(200, head);
      const piece = bytes.subarray(from, from + after);
      if (from + after >= bytes.length) response.end(piece);
      else response.write(piece, () => setImmediate(() => response.destroy()));
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
