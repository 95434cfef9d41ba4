import net from 'node:net';

/** @throws naming the variable, if the number is no port. */
export function readPort(variable, fallback) {
  const text = process.env[variable] || String(fallback);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${variable} is ${text}; it must be a port from 1 to 65535.`);
  return port;
}

/** @throws naming the variable that moves it, if something listens there already. */
export async function expectFree(port, host, variable) {
  await new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken. Stop what listens there, or set ${variable} to a free one.`) : error);
    });
    server.listen(port, host, () => server.close(resolve));
  });
}
