import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { isLoopbackName, type Reach } from '../../start/machine/visitor.mjs';
import type { Services } from './context.ts';
import { artifactRoutes } from './http/artifacts.ts';
import { autoscaling } from './http/autoscaling.ts';
import { checkBody, readBody } from './http/body.ts';
import { exportRoutes } from './http/exports.ts';
import { graphiql } from './http/graphiql.ts';
import { createGraphqlHttp } from './http/graphql.ts';
import { answerErrors, setSecurityHeaders } from './http/guard.ts';
import { healthRoutes, metrics, timeReports } from './http/health.ts';
import { confirm } from './http/identify.ts';
import { nameRequest } from './http/request-id.ts';
import { guardRoutes } from './http/route-guard.ts';
import { signInRoutes } from './http/sign-in.ts';
import { serveWebSockets } from './http/websocket.ts';
import { Gate } from './limits/gate.ts';
import { buildSchema } from './schema/index.ts';

export interface Server {
  /** E.g. http://127.0.0.1:4000 */
  url: string;
  close(): Promise<void>;
}

/** Longer than a proxy before us keeps an idle connection: one that closes as a request comes loses it. */
const idleMs = 15_000;

/**
 * Serves GraphQL over HTTP and WebSockets, GraphiQL, artifacts and health.
 *
 * @throws if the port is taken.
 */
export async function startServer(services: Services): Promise<Server> {
  const { settings, log, tokens } = services;
  const reach: Reach = { onLoopback: isLoopbackName(settings.host), publicHosts: settings.publicHosts };
  // An answer is asked for by POST and never again: a hash of each would be made for nobody. Artifacts have their own.
  const app = express().disable('x-powered-by').disable('etag').set('query parser', 'simple');
  const server = http.createServer(app);
  server.keepAliveTimeout = idleMs;
  const schema = buildSchema();
  const gate = new Gate();
  const graphql = await createGraphqlHttp(schema, services, gate, server);
  app.use(setSecurityHeaders);
  let closing = false;
  app.use(nameRequest, guardRoutes(tokens, reach));
  app.use(healthRoutes(services, () => closing));
  app.get('/metrics', metrics(services));
  app.get('/autoscaling', autoscaling(services));
  app.use(artifactRoutes(services));
  app.use(exportRoutes(services));
  app.use(signInRoutes(services));
  app.use('/graphql', timeReports(services), graphiql(), readBody, checkBody, confirm(tokens, reach), graphql.handler);
  app.use(answerErrors(log));
  const sockets = serveWebSockets(server, schema, services, gate, reach);
  await listen(server, settings.host, settings.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    close: async () => {
      closing = true;
      await sockets.close();
      await graphql.stop();
      server.closeAllConnections();
    },
  };
}

function listen(server: http.Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} on ${host} is taken, perhaps by another Studyhall. Stop that program, or set API_PORT to a free port.`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, host, resolve);
  });
}
