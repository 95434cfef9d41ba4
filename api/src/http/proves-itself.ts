import { Kind, OperationTypeNode, parse } from 'graphql';
import { checkSource, maxTokens } from '../limits/source.ts';

/** Mutations whose statement finds out whether the token still holds. */
const proving = new Set(['commitEpochs']);

/** Documents that are remembered, and their longest: a fleet's trainers send one or two. */
const most = 100;
const longest = 2000;

const known = new Map<string, boolean>();

/** Whether the body of a request asks for nothing but what proves its token by itself. */
export function provesItself(body: unknown): boolean {
  const query = (body as { query?: unknown } | undefined)?.query;
  if (typeof query !== 'string' || query.length > longest) return false;
  const before = known.get(query);
  if (before !== undefined) return before;
  const proves = holdsNothingElse(query);
  if (known.size >= most) known.clear();
  known.set(query, proves);
  return proves;
}

function holdsNothingElse(query: string): boolean {
  try {
    checkSource(query);
    const { definitions } = parse(query, { maxTokens });
    return definitions.every(
      (one) =>
        one.kind === Kind.OPERATION_DEFINITION &&
        one.operation === OperationTypeNode.MUTATION &&
        one.selectionSet.selections.every((field) => field.kind === Kind.FIELD && proving.has(field.name.value)),
    );
  } catch {
    return false;
  }
}
