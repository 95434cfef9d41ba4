import { createServer } from 'node:http';
import next from 'next';
import { belongsToApi, createApiProxy } from './src/server/api-proxy.ts';
import { readEnvironment } from './src/server/environment.ts';
import { answer, refuseRequest } from './src/server/refuse-request.ts';
import { setSecurityHeaders } from './src/server/security-headers.ts';
import { mark } from './src/server/visit.ts';
import { refuseHost } from './src/server/visitor-host.ts';

const environment = readEnvironment(process.env);
// Read by the pages when they are rendered here.
process.env.API_URL = environment.apiUrl;
process.env.NEXT_TELEMETRY_DISABLED = '1';

const server = createServer();
const app = next({
  dev: environment.dev,
  dir: import.meta.dirname,
  hostname: environment.host,
  port: environment.port,
  httpServer: server,
});
await app.prepare();
const page = app.getRequestHandler();
const upgradePage = app.getUpgradeHandler();
const api = createApiProxy(environment);

server.on('request', (request, response) => {
  // Whoever asks whether we are well may name us by any address.
  if (request.url === '/healthz') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  const hostRefusal = refuseHost(request.headers.host, environment);
  if (hostRefusal) return answer(response, { status: 421, message: hostRefusal });
  mark(request, environment);
  if (belongsToApi(request.url)) return void api.web(request, response);
  const refusal = refuseRequest(request, environment);
  if (refusal) return answer(response, refusal);
  setSecurityHeaders(request, response, environment);
  void page(request, response);
});

server.on('upgrade', (request, socket, head) => {
  // A visitor who is gone before being answered: without a listener the reset would end this process.
  socket.on('error', () => socket.destroy());
  mark(request, environment);
  if (refuseHost(request.headers.host, environment)) socket.destroy();
  else if (belongsToApi(request.url)) void api.upgrade(request, socket, head);
  // Next's own socket, which tells pages under development of changes; there is no other.
  else if (environment.dev) void upgradePage(request, socket, head);
  else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
});

server.on('error', (error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(
    taken
      ? `Port ${environment.port} is taken. Set WEB_PORT to another one, or stop what listens there.`
      : `The web server stopped: ${error.message}`,
  );
  process.exit(1);
});

server.listen(environment.port, environment.host, () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : environment.port;
  console.log(
    `Studyhall web: http://${environment.host === '127.0.0.1' ? 'localhost' : environment.host}:${port} (API ${environment.apiUrl})`,
  );
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    // Open WebSockets and streams would hold the port for as long as their visitors stay.
    server.closeAllConnections();
    setTimeout(() => process.exit(0), 500).unref();
  });
}
