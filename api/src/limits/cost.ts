import { written } from '@studyhall/contract/settings/written.ts';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import { ApiError } from '../errors.ts';
import { lengthsOf } from './introspection.ts';
import { defaultPage } from './page-size.ts';
import { type Fragments, fieldsOf, fragmentsOf } from './selections.ts';

/** Deepest nesting of fields. A list of runs with all they hold is 8 deep. */
export const maxDepth = 16;

/** Most that one operation may cost, by a cautious estimate: 1 for a field, 100 for a statement. A page of 200 runs with 30 fields is 6,100. */
export const maxCost = 60_000;

/** Most mutations of one document: each may bring megabytes of its own, and they are carried out one after the other. */
const maxMutations = 50;

/** What a statement weighs: a field of a root type makes one, others say so themselves. */
const statement = 100;

/** What a list without `first` or `last` is taken to hold, unless its field says so itself. */
const assumedListLength = 10;

/** What a field says of its price: a weight of its own for each object it is asked of, how many items it gives. */
export type Price = { weight?: number; length?: number | ((args: Record<string, unknown>) => number) };

type Walk = { schema: GraphQLSchema; fragments: Fragments; variables: Record<string, unknown> };

/**
 * What an operation costs, by the fields that it makes the server resolve and the statements it makes. Connections count as long as they
 * were asked for, other lists as their fields say.
 *
 * @throws TOO_COMPLEX for an operation that is too deep or costs too much, before anything is read.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const fragments = fragmentsOf(document);
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  if (operation.operation === OperationTypeNode.MUTATION && [...fieldsOf(operation.selectionSet, fragments)].length > maxMutations)
    throw new ApiError('TOO_COMPLEX', `A document may hold ${maxMutations} mutations; this one has more.`);
  const cost = costOf(operation.selectionSet, root, 1, { schema, fragments, variables: { ...defaultsOf(operation), ...variables } });
  if (cost > maxCost)
    throw new ApiError(
      'TOO_COMPLEX',
      `This operation would cost ${written(Math.round(cost))} or more (1 for a field, ${statement} for a statement); at most ${written(maxCost)} are allowed. Ask for fewer fields or shorter pages (first).`,
    );
  return cost;
}

function costOf(selections: SelectionSetNode, parent: GraphQLOutputType, depth: number, walk: Walk): number {
  // GraphQL bounds the depth of introspection by a rule of its own.
  if (depth > maxDepth && !isIntrospectionType(getNamedType(parent)))
    throw new ApiError('TOO_COMPLEX', `This operation is nested more than ${maxDepth} fields deep.`);
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
    if (cost > maxCost) return cost;
  }
  return cost;
}

function fieldCost(node: FieldNode, parent: GraphQLOutputType, depth: number, walk: Walk): number {
  const field = fieldOf(parent, node.name.value);
  if (!field) return 1;
  const price = (field.extensions.price ?? {}) as Price;
  const own = 1 + (price.weight ?? (isRoot(parent, walk.schema) && isCompositeType(getNamedType(field.type)) ? statement : 0));
  const each = node.selectionSet ? costOf(node.selectionSet, getNamedType(field.type), depth + 1, walk) : 1;
  if (!node.selectionSet && price.length === undefined) return own;
  return own + each * lengthOf(node, parent, field, price, walk);
}

function fieldOf(parent: GraphQLOutputType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === '__schema') return SchemaMetaFieldDef;
  if (name === '__type') return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

const isRoot = (type: GraphQLOutputType, schema: GraphQLSchema) =>
  type === schema.getQueryType() || type === schema.getMutationType() || type === schema.getSubscriptionType();

function lengthOf(node: FieldNode, parent: GraphQLOutputType, field: GraphQLField<unknown, unknown>, price: Price, walk: Walk): number {
  if (typeof price.length === 'number') return price.length;
  if (price.length) return price.length(argumentsOf(node, walk));
  const known = lengthsOf(walk.schema).get(`${getNamedType(parent).name}.${field.name}`);
  if (known !== undefined) return known;
  if (field.args.some(({ name }) => name === 'first')) {
    const { first, last } = argumentsOf(node, walk);
    const given = first ?? last;
    // At least one, so that what is nested in an empty page is not free to walk.
    return Math.max(1, typeof given === 'number' ? given : defaultPage);
  }
  const list = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
  // The edges of a connection are as many as were asked for: counted there already.
  return list && node.name.value !== 'edges' ? assumedListLength : 1;
}

/** The arguments that are numbers. */
function argumentsOf(node: FieldNode, { variables }: Walk): Record<string, number | undefined> {
  return Object.fromEntries((node.arguments ?? []).map(({ name, value }) => [name.value, numberOf(value, variables)]));
}

/** What stands for variables that are not given. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, number> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

function numberOf(value: ValueNode, variables: Record<string, unknown>): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  const variable = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof variable === 'number' ? variable : undefined;
}
