import { createServer } from 'node:http';
import next from 'next';
import { inUrl } from '../start/machine/environment.mjs';
import { onEndSignals, onStarterGone } from '../start/machine/signals.mjs';
import { belongsToApi, createApiProxy } from './src/server/api-proxy.ts';
import { withBasePath, withoutBasePath } from './src/server/base-path.ts';
import { checkBuild } from './src/server/check-build.ts';
import { readEnvironment } from './src/server/environment.ts';
import { keyCookieName } from './src/server/key-cookie.ts';
import { answer, refuseRequest } from './src/server/refuse-request.ts';
import { bareHeaders, setSecurityHeaders } from './src/server/security-headers.ts';
import { mark } from './src/server/visit.ts';
import { refuseHost } from './src/server/visitor-host.ts';

let end = (): void => process.exit(0);
onEndSignals((_signal, count) => (count === 1 ? end() : process.exit(0)));
onStarterGone(() => end());

const environment = await prepare().catch((error: Error) => {
  // What is wrong is the reader's to mend: a stack of ours says nothing about it.
  console.error(error.message);
  process.exit(1);
});
// Read by the pages when they are rendered here.
process.env.API_URL = environment.apiUrl;
process.env.STUDYHALL_KEY_COOKIE = keyCookieName(environment.port, environment.instance);
process.env.NEXT_TELEMETRY_DISABLED = '1';

// Browsers send all cookies of a host to each of its ports: those of others must not keep ours from being read.
const server = createServer({ maxHeaderSize: 64 * 1024 });
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
  const url = withoutBasePath(request.url ?? '/', environment.basePath);
  // Whoever asks whether we are well may name us by any address.
  if (url === '/healthz')
    return void response.writeHead(200, { 'content-type': 'application/json', ...bareHeaders }).end('{"status":"ok"}');
  const hostRefusal = refuseHost(request.headers.host, environment);
  if (hostRefusal) return answer(response, { status: 421, message: hostRefusal });
  mark(request, environment);
  if (belongsToApi(url)) return void api.web(request, response);
  const refusal = refuseRequest(request, url, environment);
  if (refusal) return answer(response, refusal);
  setSecurityHeaders(request, response, url, environment);
  request.url = withBasePath(url, environment.basePath);
  void page(request, response);
});

server.on('upgrade', (request, socket, head) => {
  // A visitor who is gone before being answered: without a listener the reset would end this process.
  socket.on('error', () => socket.destroy());
  const url = withoutBasePath(request.url ?? '/', environment.basePath);
  mark(request, environment);
  if (refuseHost(request.headers.host, environment)) socket.destroy();
  else if (belongsToApi(url)) void api.upgrade(request, socket, head);
  // Next's own socket, which tells pages under development of changes; there is no other.
  else if (environment.dev) {
    request.url = withBasePath(url, environment.basePath);
    void upgradePage(request, socket, head);
  } else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
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
    `Studyhall web: http://${environment.host === '127.0.0.1' ? 'localhost' : inUrl(environment.host)}:${port}${environment.basePath} (API ${environment.apiUrl})`,
  );
});

end = () => {
  server.close(() => process.exit(0));
  // Open WebSockets and streams would hold the port for as long as their visitors stay.
  server.closeAllConnections();
  setTimeout(() => process.exit(0), 500).unref();
};

async function prepare() {
  const read = readEnvironment(process.env);
  if (!read.dev) await checkBuild(import.meta.dirname, read.basePath);
  return read;
}
