import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { ApiError } from '../errors.ts';
import { defaultPage } from '../schema/paging.ts';

/** Deepest nesting of fields. A list of runs with all they hold is 8 deep, GraphiQL's introspection 15. */
export const maxDepth = 16;

/** Most fields that one operation may make the server resolve, by a cautious estimate. A page of 200 runs with 30 fields is 6,000. */
export const maxCost = 60_000;

/** What a list without `first` or `last` is taken to hold. */
const assumedListLength = 10;

type Walk = { schema: GraphQLSchema; fragments: Map<string, FragmentDefinitionNode>; variables: Record<string, unknown> };

/**
 * Refuses operations that are too deep or would resolve too many fields, before anything is read. Connections count as long as they
 * were asked for, other lists as ten.
 *
 * @throws TOO_COMPLEX with the figure and the limit.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const cost = costOf(operation.selectionSet, root, 1, { schema, fragments, variables });
  if (cost > maxCost)
    throw new ApiError(
      'TOO_COMPLEX',
      `This operation would resolve ${Math.round(cost)} fields or more; at most ${maxCost} are allowed. Ask for fewer fields or shorter pages (first).`,
    );
}

function costOf(selections: SelectionSetNode, parent: GraphQLOutputType, depth: number, walk: Walk): number {
  if (depth > maxDepth) throw new ApiError('TOO_COMPLEX', `This operation is nested more than ${maxDepth} fields deep.`);
  let cost = 0;
  for (const node of selections.selections) {
    if (node.kind === Kind.FIELD) cost += fieldCost(node, parent, depth, walk);
    else {
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(node.name.value) : node;
      if (!fragment) continue;
      const name = fragment.typeCondition?.name.value;
      const type = (name ? walk.schema.getType(name) : undefined) as GraphQLOutputType | undefined;
      // Fragments count as a level, so that ones which contain each other come to an end.
      cost += costOf(fragment.selectionSet, type ?? parent, depth + 1, walk);
    }
    // Fragments that spread each other many times over would take seconds to walk to the end.
    if (cost > maxCost * 10) return cost;
  }
  return cost;
}

function fieldCost(node: FieldNode, parent: GraphQLOutputType, depth: number, walk: Walk): number {
  if (!node.selectionSet) return 1;
  const field: GraphQLField<unknown, unknown> | undefined =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field) return node.name.value.startsWith('__') ? 1 : 0;
  const nested = costOf(node.selectionSet, getNamedType(field.type), depth + 1, walk);
  return 1 + nested * lengthOf(node, field, walk);
}

function lengthOf(node: FieldNode, field: GraphQLField<unknown, unknown>, { variables }: Walk): number {
  if (field.args.some(({ name }) => name === 'first')) {
    const given = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
    // At least one, so that what is nested in an empty page is not free to walk.
    return Math.max(1, given ? (numberOf(given.value, variables) ?? defaultPage) : defaultPage);
  }
  const list = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  // The edges of a connection are as many as were asked for: counted there already.
  return list && node.name.value !== 'edges' ? assumedListLength : 1;
}

function numberOf(value: ValueNode, variables: Record<string, unknown>): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  const variable = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof variable === 'number' ? variable : undefined;
}
