import type http from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import { expressMiddleware } from '@as-integrations/express5';
import type { RequestHandler } from 'express';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Context, createContext, type Services } from '../context.ts';
import { admit } from '../limits/admit.ts';
import { writeAnswer } from '../limits/answer.ts';
import type { Gate } from '../limits/gate.ts';
import { maxTokens } from '../limits/source.ts';
import { Work } from '../limits/work.ts';
import { callerOfRequest } from './identify.ts';
import { knownAnswers } from './known-answers.ts';
import { maskError } from './mask.ts';
import { explainSpecErrors } from './spec-errors.ts';
import { visitOf } from './visit.ts';

/** Documents kept parsed, in bytes of JSON: those of pages and trainers many times over. In memory each has some ten times as many. */
const keptDocuments = 2_000_000;

export interface GraphqlHttp {
  handler: RequestHandler;
  stop(): Promise<void>;
}

/** GraphQL over HTTP: Apollo Server with CSRF prevention, limits and masked errors. Requests have been identified. */
export async function createGraphqlHttp(schema: GraphQLSchema, services: Services, gate: Gate, server: http.Server): Promise<GraphqlHttp> {
  const { log } = services;
  const apollo = new ApolloServer<Context>({
    schema,
    csrfPrevention: true,
    introspection: true,
    parseOptions: { maxTokens },
    documentStore: new InMemoryLRUCache<DocumentNode>({ maxSize: keptDocuments }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => maskError(formatted, error, log),
    stringifyResult: writeAnswer,
    logger: {
      debug: (message) => log.debug(message),
      info: (message) => log.info(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: server }),
      ApolloServerPluginLandingPageDisabled(),
      // It would wrap every field of the schema, also for subscriptions, to work out a header that nothing here uses.
      ApolloServerPluginCacheControlDisabled(),
      admission(schema, gate),
      explanation(),
      knownAnswers(schema),
    ],
  });
  await apollo.start();
  const handler = expressMiddleware(apollo, {
    context: async ({ req }) => createContext(services, callerOfRequest(req), visitOf(req).address),
  }) as RequestHandler;
  return {
    handler: (request, response, next) => {
      const work = new Work();
      // Answered, or gone before it was.
      response.on('close', () => work.end());
      return work.run(() => handler(request, response, next));
    },
    stop: () => apollo.stop(),
  };
}

/** Operations are let in by their cost, and leave when they have been executed. */
function admission(schema: GraphQLSchema, gate: Gate): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => {
      let leave = () => {};
      return {
        didResolveOperation: async ({ document, operation, request, contextValue }) => {
          const variables = request.variables ?? {};
          if (operation) ({ leave } = await refusing(() => admit(schema, gate, contextValue.caller, { document, operation, variables })));
        },
        willSendResponse: async () => leave(),
      };
    },
  };
}

/** Errors of a spec are told by their paths. */
function explanation(): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, document, operation, response }) => {
        if (response.body.kind !== 'single' || !response.body.singleResult.errors || !document || !operation) return;
        const errors = explainSpecErrors(operation, request.variables ?? {}, response.body.singleResult.errors);
        response.body.singleResult.errors = errors;
      },
    }),
  };
}

/** A refusal before execution is the client's fault, where Apollo Server would say 500. */
async function refusing<Result>(check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions.http ??= { status: 400 };
    throw error;
  }
}
