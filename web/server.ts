import { createServer } from 'node:http';
import next from 'next';
import { inUrl } from '../machine/environment.mjs';
import { onEndSignals, onStarterGone } from '../machine/signals.mjs';
import { belongsToApi, createApiProxy } from './src/server/api-proxy.ts';
import { readEnvironment } from './src/server/environment.ts';
import { refuseHost } from './src/server/visitor-host.ts';

let end = (): void => process.exit(0);
onEndSignals((_signal, count) => (count === 1 ? end() : process.exit(0)));
onStarterGone(() => end());

const environment = readEnvironment(process.env);
// Read by the pages when they are rendered here.
process.env.STUDYHALL_WEB_PUBLIC = environment.isPublic ? '1' : '';
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
  const refusal = refuseHost(request.headers.host, environment);
  if (refusal) response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' }).end(refusal);
  else if (request.url === '/healthz') response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
  else if (belongsToApi(request.url)) void api.web(request, response);
  else void page(request, response);
});

server.on('upgrade', (request, socket, head) => {
  // A visitor who is gone before being answered: without a listener the reset would end this process.
  socket.on('error', () => socket.destroy());
  if (refuseHost(request.headers.host, environment)) socket.destroy();
  else if (belongsToApi(request.url)) void api.upgrade(request, socket, head);
  else void upgradePage(request, socket, head);
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
    `Studyhall web: http://${environment.host === '127.0.0.1' ? 'localhost' : inUrl(environment.host)}:${port} (API ${environment.apiUrl})`,
  );
});

end = () => {
  server.close(() => process.exit(0));
  // Open WebSockets and streams would hold the port for as long as their visitors stay.
  server.closeAllConnections();
  setTimeout(() => process.exit(0), 500).unref();
};
