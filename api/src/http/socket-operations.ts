import type http from 'node:http';
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  subscribe,
  validate,
} from 'graphql';
import { readsOpenly } from '../access/open-reading.ts';
import type { Reach } from '../access/origin.ts';
import { findViewer } from '../access/viewer.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { ApiError, badInput } from '../errors.ts';
import { FanOut, type Sharing } from '../events/fan-out.ts';
import { type Admission, admit, clientOf } from '../limits/admit.ts';
import type { Gate } from '../limits/gate.ts';
import { checkNesting } from '../limits/nesting.ts';
import { checkSource, maxTokens } from '../limits/source.ts';
import { Work } from '../limits/work.ts';
import { fresh } from '../schema/fresh.ts';

/** What a client asks over its socket. */
export type Payload = { query: string; operationName?: string | null; variables?: Record<string, unknown> | null };

export type Asked = { request: http.IncomingMessage; authorization: string | undefined };

/** An operation that was checked and let in. */
export type Prepared = ExecutionArgs & { contextValue: Context; question: string; client: string; admission: Admission };

/** How an operation over a socket is checked, executed and shared: with the rights, limits and errors of one over HTTP. */
export class SocketOperations {
  readonly #fanOut = new FanOut<ExecutionResult>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly services: Services,
    readonly gate: Gate,
    readonly reach: Reach,
  ) {}

  /**
   * Checks an operation, finds out who asks, and waits until it may begin.
   *
   * @throws GraphQLError
   */
  async prepare({ request, authorization }: Asked, payload: Payload): Promise<Prepared> {
    const { query, operationName } = payload;
    const given = payload.variables ?? {};
    checkNesting(given);
    checkSource(query);
    const document = parse(query, { maxTokens });
    const [error] = validate(this.schema, document);
    if (error) throw new GraphQLError(error.message, { ...error, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    const operation = getOperationAST(document, operationName);
    if (!operation) throw badInput('There is no operation of that name in the document.');
    // A page of another port has our cookie: over HTTP the browser asks us first, over a WebSocket it does not.
    if (operation.operation === OperationTypeNode.MUTATION) throw badInput('Mutations go over HTTP, not over a WebSocket.');
    const variables = declared(operation, given);
    const openReading = readsOpenly(request, this.reach);
    const viewer = await findViewer(this.services.findToken, { authorization, cookie: request.headers.cookie, openReading });
    const admission = await admit(this.schema, this.gate, viewer, { document, operation, variables });
    const question = JSON.stringify([query, operationName ?? null, variables]);
    const contextValue = createContext(this.services, viewer);
    return {
      schema: this.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue,
      question,
      client: clientOf(viewer),
      admission,
    };
  }

  async execute(args: Prepared): Promise<ExecutionResult> {
    try {
      return await new Work().run(() => execute(args));
    } finally {
      args.admission.leave();
    }
  }

  /** The stream of a subscription; one for all who ask the same, if its field says that it may be shared. */
  async subscribe(args: Prepared): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    try {
      const start = async () => {
        const stream = await new Work().run(() => subscribe(args));
        return Symbol.asyncIterator in stream ? eachAsItsOwnWork(stream, args) : stream;
      };
      const sharing = sharingOf(args);
      return sharing ? await this.#fanOut.follow(args.question, sharing, start) : await start();
    } finally {
      args.admission.leave();
    }
  }
}

/** What else is sent is used by nobody, and would be kept as long as the subscription. */
const declared = ({ variableDefinitions = [] }: OperationDefinitionNode, given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable: { name } }) => (Object.hasOwn(given, name.value) ? [[name.value, given[name.value]]] : [])),
  );

/** How the subscription's field may be shared. Whoever may read at all sees the same. */
function sharingOf({ schema, document, operationName, contextValue: { viewer } }: Prepared): Sharing | undefined {
  if (!viewer.token && !viewer.openReading) return undefined;
  const [selection] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const name = selection?.kind === 'Field' ? selection.name.value : '';
  return schema.getSubscriptionType()?.getFields()[name]?.extensions.sharing as Sharing | undefined;
}

/** Reading for one event is bounded as an operation of its own, and has its turn. */
function eachAsItsOwnWork(
  stream: AsyncGenerator<ExecutionResult, void, void>,
  { admission: { enterAgain }, contextValue }: Prepared,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const work = new Work(enterAgain);
      try {
        return (await work.run(() => stream.next())) as IteratorResult<ExecutionResult>;
      } finally {
        work.leave();
        // What was read for this event is not kept until the next, nor does it answer for it.
        fresh(contextValue);
      }
    },
    return: () => stream.return() as Promise<IteratorResult<ExecutionResult>>,
    throw: (error) => stream.throw(error) as Promise<IteratorResult<ExecutionResult>>,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** As an error of the operation. */
export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof ApiError || error instanceof GraphQLError) return error;
  return new GraphQLError('Unexpected', { originalError: error as Error });
}
