import { type DocumentNode, type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql';

type Edge = { node?: unknown };
type Listed = { edges?: readonly Edge[] };

/** A row as it was sent. Followers of one stream are given the same objects: each is written once for all of them. */
const texts = new WeakMap<object, string>();

function textOf(node: object): string {
  const known = texts.get(node);
  if (known !== undefined) return known;
  const text = JSON.stringify(node);
  texts.set(node, text);
  return text;
}

/** The edges of the connection that a subscription's field, by its name in the answer, gives. */
function edgesOf({ data }: ExecutionResult, field: string): readonly Edge[] | undefined {
  const { edges } = (data?.[field] ?? {}) as Listed;
  return Array.isArray(edges) ? edges : undefined;
}

const isRow = (node: unknown): node is object => typeof node === 'object' && node !== null;

/**
 * A stream of states of a list, as one viewer gets it: of each but the first, only the rows that the one before did not hold as they are.
 * Compared is what this viewer was sent: who joins late, or is slow and misses some, lacks nothing.
 */
export function unsentRows(states: AsyncIterableIterator<ExecutionResult>, field: string): AsyncIterableIterator<ExecutionResult> {
  let sent: ReadonlySet<string> | undefined;
  return {
    async next() {
      const result = await states.next();
      if (result.done) return result;
      const edges = edgesOf(result.value, field);
      if (!edges) return result;
      const before = sent;
      sent = new Set(edges.flatMap(({ node }) => (isRow(node) ? textOf(node) : [])));
      if (!before) return result;
      const { data, ...rest } = result.value;
      const unsent = edges.filter(({ node }) => !isRow(node) || !before.has(textOf(node)));
      return { done: false, value: { ...rest, data: { ...data, [field]: { ...(data?.[field] as object), edges: unsent } } } };
    },
    return: async () => (await states.return?.()) ?? { done: true, value: undefined },
    async throw(error) {
      await states.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

type Asked = { schema: GraphQLSchema; document: DocumentNode; operationName?: string | null | undefined };

/** The subscription's stream; with its rows sent once each, if its field says so (`extensions: { rowsOnce: true }`). */
export function withoutSentRows<Refusal extends object>(
  stream: AsyncIterableIterator<ExecutionResult> | Refusal,
  { schema, document, operationName }: Asked,
): AsyncIterableIterator<ExecutionResult> | Refusal {
  if (!isStream(stream)) return stream;
  const [selection] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  if (selection?.kind !== 'Field') return stream;
  const { extensions } = schema.getSubscriptionType()?.getFields()[selection.name.value] ?? {};
  return extensions?.rowsOnce ? unsentRows(stream, selection.alias?.value ?? selection.name.value) : stream;
}

const isStream = (value: object): value is AsyncIterableIterator<ExecutionResult> => Symbol.asyncIterator in value;
