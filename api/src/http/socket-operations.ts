import type http from 'node:http';
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
  visit,
} from 'graphql';
import { type Caller, clientOf } from '../access/caller.ts';
import { findCaller } from '../access/find-caller.ts';
import { readsOpenly } from '../access/open-reading.ts';
import type { Reach } from '../access/origin.ts';
import { may } from '../access/rights.ts';
import { rightsOf } from '../access/rights-of.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { ApiError, badInput } from '../errors.ts';
import { FanOut, type Sharing } from '../events/fan-out.ts';
import { findRows } from '../events/kept-rows.ts';
import type { Live } from '../events/live.ts';
import { mayPass, pause } from '../events/persist.ts';
import { RowAnswers, type RowsState } from '../events/row-answers.ts';
import { SharedAnswers } from '../events/shared-answers.ts';
import { type Admission, admit } from '../limits/admit.ts';
import type { Gate } from '../limits/gate.ts';
import { checkNesting } from '../limits/nesting.ts';
import { fragmentsOf } from '../limits/selections.ts';
import { checkSource, maxTokens } from '../limits/source.ts';
import { Work } from '../limits/work.ts';
import { fresh } from '../schema/fresh.ts';

/** Documents kept parsed, in characters of their texts: those of our pages some times over. */
const keptDocuments = 200_000;

/** What a client asks over its socket. */
export type Payload = { query: string; operationName?: string | null; variables?: Record<string, unknown> | null };

export type Asked = { request: http.IncomingMessage; authorization: string | undefined };

/** An operation that was checked and let in. */
export type Prepared = ExecutionArgs & {
  contextValue: Context;
  operation: OperationDefinitionNode;
  question: string;
  /** How its field may be shared, and with whom: all who ask that question. */
  shared: { sharing: Sharing; question: string } | undefined;
  client: string;
  admission: Admission;
};

/** How an operation over a socket is checked, executed and shared: with the rights, limits and errors of one over HTTP. */
export class SocketOperations {
  readonly #fanOut = new FanOut<ExecutionResult>();
  readonly #answers = new SharedAnswers<ExecutionResult>(({ errors }) => !errors);
  readonly #rows = new RowAnswers();
  readonly #documents = new InMemoryLRUCache<DocumentNode>({ maxSize: keptDocuments, sizeCalculation: ({ loc }) => loc?.end || 1 });

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
    const document = await this.#documentOf(query);
    const operation = getOperationAST(document, operationName);
    if (!operation) throw badInput('There is no operation of that name in the document.');
    // A page of another port has our cookie: over HTTP the browser asks us first, over a WebSocket it does not.
    if (operation.operation === OperationTypeNode.MUTATION) throw badInput('Mutations go over HTTP, not over a WebSocket.');
    const variables = declared(operation, given);
    const openReading = readsOpenly(request, this.reach);
    const caller = await findCaller(this.services.tokens, { authorization, cookie: request.headers.cookie, openReading });
    const sharing = sharingOf(this.schema, operation, variables, caller);
    const admission = await admit(this.schema, this.gate, caller, { document, operation, variables });
    const question = JSON.stringify([query, operationName ?? null, variables]);
    const contextValue = createContext(this.services, caller);
    // Whoever asks the same is at the same page, wherever they began.
    const others = withoutCursor(document, operation, variables);
    return {
      schema: this.schema,
      document,
      operation,
      operationName,
      variableValues: variables,
      contextValue,
      question,
      shared: sharing && { sharing, question: sharing === 'pages' ? JSON.stringify([query, operationName, others]) : question },
      client: clientOf(caller),
      admission,
    };
  }

  /** The document, which is valid; parsed once for all who send the same, who come back together after an outage. */
  async #documentOf(query: string): Promise<DocumentNode> {
    checkSource(query);
    const known = await this.#documents.get(query);
    if (known) return known;
    const document = parse(query, { maxTokens });
    const [error] = validate(this.schema, document);
    if (error) throw new GraphQLError(error.message, { ...error, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    await this.#documents.set(query, document);
    return document;
  }

  async execute(args: Prepared): Promise<ExecutionResult> {
    try {
      return await new Work().run(() => execute(args));
    } finally {
      args.admission.leave();
    }
  }

  /** How events are answered: what many ask of the same page, or row, is answered once. */
  #answerOf(args: Prepared): Answer {
    const { schema, document, operation, variableValues, shared } = args;
    if (shared?.sharing === 'pages') return (event) => this.#answers.give(event as object, shared.question, () => answerEvent(args, event));
    const fragments = fragmentsOf(document);
    const rows = shared && findRows({ schema, operation, fragmentOf: (name) => fragments.get(name), variables: variableValues ?? {} });
    if (rows) return (event) => this.#rows.give(event as RowsState, rows, (state) => answerEvent(args, state));
    return (event) => answerEvent(args, event);
  }

  /** The stream of a subscription; one for all who ask the same, or of answers that they share, if its field says that it may be. */
  async subscribe(args: Prepared): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    try {
      const { shared } = args;
      const answer = this.#answerOf(args);
      const start = async () => {
        // As `subscribe` of graphql-js does it, with a say in how an event is answered.
        const stream = await new Work().run(() => createSourceEventStream(args));
        return isStream(stream) ? eachAsItsOwnWork(stream, args, answer) : (stream as ExecutionResult);
      };
      return !shared || shared.sharing === 'pages' ? await start() : await this.#fanOut.follow(shared.question, shared.sharing, start);
    } finally {
      args.admission.leave();
    }
  }
}

/** How an event, the value of a subscription's field, is answered. */
type Answer = (event: unknown) => Promise<ExecutionResult>;

/** Answers one event, in its turn. */
async function answerEvent({ contextValue, ...args }: Prepared, rootValue: unknown): Promise<ExecutionResult> {
  await Work.current()?.begin();
  return execute({ ...args, contextValue, rootValue });
}

/** The variables but the one that the field's cursor is, if that is all it is used for. */
function withoutCursor(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const [field] = operation.selectionSet.selections;
  const value = field?.kind === 'Field' ? field.arguments?.find(({ name }) => name.value === 'after')?.value : undefined;
  const cursor = value?.kind === 'Variable' ? value.name.value : undefined;
  let uses = 0;
  visit(document, {
    Variable: ({ name }) => {
      if (name.value === cursor) uses += 1;
    },
  });
  // Once where it is declared, once where it is used.
  return Object.fromEntries(Object.entries(variables).filter(([name]) => name !== cursor || uses !== 2));
}

/** What else is sent is used by nobody, and would be kept as long as the subscription. */
const declared = ({ variableDefinitions = [] }: OperationDefinitionNode, given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable: { name } }) => (Object.hasOwn(given, name.value) ? [[name.value, given[name.value]]] : [])),
  );

/** How the subscription's field may be shared; it may say so by its arguments. Whoever has the right to it sees the same. */
function sharingOf(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: object, caller: Caller): Sharing | undefined {
  const [node] = operation.selectionSet.selections;
  const field = node?.kind === 'Field' ? schema.getSubscriptionType()?.getFields()[node.name.value] : undefined;
  // Who follows a shared stream starts none, and is not asked for the right to it.
  if (!field || !may(caller, rightsOf(field))) return undefined;
  const sharing = field?.extensions.sharing as Sharing | ((args: Record<string, unknown>) => Sharing) | undefined;
  return typeof sharing === 'function' && node?.kind === 'Field'
    ? sharing(getArgumentValues(field, node, { ...variables }))
    : (sharing as Sharing | undefined);
}

/**
 * Reading for one event is bounded as an operation of its own, and has its turn. An answer that some statement failed for is given later, not
 * as an error: those who watch are told nothing worse than a delay.
 */
function eachAsItsOwnWork(
  stream: AsyncIterableIterator<unknown> & Partial<Live<unknown>>,
  { admission: { enterAgain }, contextValue }: Prepared,
  answer: Answer,
): AsyncIterableIterator<ExecutionResult> {
  let over = false;
  const isOver = () => over || stream.listening === false;
  const next = async (): Promise<IteratorResult<ExecutionResult>> => {
    const { done, value: event } = await stream.next();
    if (done) return { done, value: undefined };
    for (let failures = 1; ; failures += 1) {
      const value = await answer(event).catch((error: GraphQLError): ExecutionResult => ({ errors: [error] }));
      const failure = value.errors?.find(mayPass);
      if (!failure || !(await pause(failure, failures))) return { done: false, value };
      if (isOver()) return (await stream.next()) as IteratorReturnResult<undefined>;
      fresh(contextValue);
    }
  };
  return {
    async next() {
      const work = new Work(enterAgain);
      try {
        return await work.run(next);
      } finally {
        work.leave();
        // What was read for this event is not kept until the next, nor does it answer for it.
        fresh(contextValue);
      }
    },
    async return() {
      over = true;
      await stream.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      over = true;
      await stream.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const isStream = (value: ExecutionResult | AsyncIterable<unknown>): value is AsyncIterableIterator<unknown> =>
  Symbol.asyncIterator in value;

/** As an error of the operation. */
export function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof ApiError || error instanceof GraphQLError) return error;
  return new GraphQLError('Unexpected', { originalError: error as Error });
}
