import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What stands before several servers of one kind: each connection goes to the next that takes it. */
export class Balancer {
  #turn = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly url: string,
    readonly server: Server,
    readonly targets: readonly string[],
  ) {}

  static async before(targets: readonly string[]): Promise<Balancer> {
    const server = createServer((socket) => balancer.#pass(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const balancer = new Balancer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, targets);
    return balancer;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #pass(socket: Socket, tried = 0): void {
    const { hostname, port } = new URL(this.targets[this.#turn++ % this.targets.length] ?? '');
    const onward = connect(Number(port), hostname);
    let connected = false;
    onward.on('connect', () => {
      connected = true;
      this.#keep(socket, onward);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => {
      if (connected || tried + 1 >= this.targets.length) socket.destroy();
      else this.#pass(socket, tried + 1);
    });
    if (tried === 0) socket.on('error', () => socket.destroy());
    socket.once('close', () => onward.destroy());
    onward.once('close', () => connected && socket.destroy());
  }

  #keep(...sockets: Socket[]): void {
    for (const socket of sockets) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    }
  }
}
