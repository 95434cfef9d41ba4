import type http from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { expressMiddleware } from '@as-integrations/express5';
import type { RequestHandler } from 'express';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { findViewer } from '../access/viewer.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { checkCost } from '../limits/cost.ts';
import { maskError } from './mask.ts';
import { explainSpecErrors } from './spec-errors.ts';

export interface GraphqlHttp {
  handler: RequestHandler;
  stop(): Promise<void>;
}

/** GraphQL over HTTP: Apollo Server with CSRF prevention, limits and masked errors. */
export async function createGraphqlHttp(
  schema: GraphQLSchema,
  services: Services,
  onLoopback: boolean,
  server: http.Server,
): Promise<GraphqlHttp> {
  const { log, db } = services;
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => maskError(formatted, error, log),
    logger: {
      debug: (message) => log.debug(message),
      info: (message) => log.info(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ document, operation, request }) => {
            if (operation) await answering(400, () => checkCost(schema, document, operation, request.variables ?? {}));
          },
          willSendResponse: async ({ request, document, operation, response }) => {
            if (response.body.kind !== 'single' || !response.body.singleResult.errors || !document || !operation) return;
            const errors = explainSpecErrors(schema, operation, request.variables ?? {}, response.body.singleResult.errors);
            response.body.singleResult.errors = errors;
          },
        }),
      },
    ],
  });
  await apollo.start();
  return {
    handler: expressMiddleware(apollo, {
      context: async ({ req }) => {
        const { authorization, cookie } = req.headers;
        const web = req.get('x-studyhall-web');
        const viewer = await answering(401, () => findViewer(db, { authorization, cookie, web }, onLoopback));
        return createContext(services, viewer);
      },
    }) as RequestHandler,
    stop: () => apollo.stop(),
  };
}

/** Runs a check whose refusal is the client's fault: answered with that status, where Apollo Server would say 500. */
async function answering<Result>(status: number, check: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.http = { status };
    throw error;
  }
}
