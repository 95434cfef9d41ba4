import {
  type ASTNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Fields, by type, whose values hang on a row object alone. Others may change although the row does not. */
export type KeptFields = Readonly<Record<string, readonly string[]>>;

/** Where an answer holds its rows, by the names in it: `field { edges { cursor node } }`. */
export type RowsPlace = {
  field: string;
  edges: string;
  /** What is asked of an edge, in order. */
  edge: readonly { name: string; of: 'node' | 'cursor' }[];
  /** Equal for all that ask the same of a row. */
  question: string;
};

type Asked = {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragmentOf: (name: string) => FragmentDefinitionNode | undefined;
  variables: Readonly<Record<string, unknown>>;
};

/**
 * Where the rows stand in the answers to a query or a subscription of one field that says what of them may be kept
 * (`extensions: { keptFields }`).
 *
 * @param asked its variables as they were sent, or with their defaults: without these, what is asked on a condition counts as asked.
 * @returns undefined if theirs may not: something is asked of them that changes by itself, or their place is written in an unusual way.
 */
export function findRows({ schema, operation, fragmentOf, variables }: Asked): RowsPlace | undefined {
  const { root, field, kept } = keepingField(schema, operation) ?? {};
  const [edges, more] = plainFields(root?.selectionSet)?.filter(({ name }) => name.value === 'edges') ?? [];
  const edge = plainFields(edges?.selectionSet);
  const node = edge?.find(({ name }) => name.value === 'node');
  if (!root || !field || !kept || !edges || more || !edge || !node || !isUsualEdge(edge)) return undefined;
  const fragments = new Set<FragmentDefinitionNode>();
  const type = rowType(schema, getNamedType(field.type).name);
  if (!type || !node.selectionSet || !areKept(node.selectionSet, type, { schema, kept, fragmentOf, fragments, variables }))
    return undefined;
  const { body = '' } = operation.loc?.source ?? {};
  return {
    field: nameOf(root),
    edges: nameOf(edges),
    edge: edge.map((one) => ({ name: nameOf(one), of: one.name.value as 'node' | 'cursor' })),
    question: JSON.stringify([body, operation.name?.value, variablesOf([node, ...fragments]).map((name) => [name, variables[name]])]),
  };
}

/** The one field that an operation asks, if it says what of its rows may be kept; soon seen to be none. */
export function keepingField(schema: GraphQLSchema, operation: OperationDefinitionNode) {
  const [root, another] = plainFields(operation.selectionSet) ?? [];
  if (!root || another) return undefined;
  const field = schema.getRootType(operation.operation)?.getFields()[root.name.value];
  const kept = field?.extensions.keptFields as KeptFields | undefined;
  return field && kept && { root, field, kept };
}

const nameOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

/** The fields, if they are nothing but fields that are always given. */
function plainFields(selections: SelectionSetNode | undefined): FieldNode[] | undefined {
  const nodes = selections?.selections ?? [];
  const fields = nodes.filter((node) => node.kind === Kind.FIELD && !node.directives?.length) as FieldNode[];
  return fields.length === nodes.length ? fields : undefined;
}

const isUsualEdge = (edge: readonly FieldNode[]) =>
  edge.every(({ name }) => name.value === 'node' || name.value === 'cursor') &&
  new Set(edge.map(({ name }) => name.value)).size === edge.length;

function rowType(schema: GraphQLSchema, connection: string): string | undefined {
  let name: string | undefined = connection;
  for (const step of ['edges', 'node']) {
    const type: unknown = name === undefined ? undefined : schema.getType(name);
    const field = isObjectType(type) ? type.getFields()[step] : undefined;
    name = field && getNamedType(field.type).name;
  }
  return name;
}

type Walk = Pick<Asked, 'schema' | 'fragmentOf' | 'variables'> & { kept: KeptFields; fragments: Set<FragmentDefinitionNode> };

function areKept({ selections }: SelectionSetNode, parent: string, walk: Walk): boolean {
  return selections.every((node) => {
    if (isLeftOut(node, walk.variables)) return true;
    if (node.kind === Kind.INLINE_FRAGMENT) return areKept(node.selectionSet, node.typeCondition?.name.value ?? parent, walk);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = walk.fragmentOf(node.name.value);
      if (fragment) walk.fragments.add(fragment);
      return fragment !== undefined && areKept(fragment.selectionSet, fragment.typeCondition.name.value, walk);
    }
    if (node.name.value === '__typename') return true;
    const type = walk.schema.getType(parent);
    const field = isObjectType(type) && walk.kept[parent]?.includes(node.name.value) ? type.getFields()[node.name.value] : undefined;
    return field !== undefined && (!node.selectionSet || areKept(node.selectionSet, getNamedType(field.type).name, walk));
  });
}

/** Whether the document leaves it out by these variables; not known, where they lack one that has a default. */
function isLeftOut(node: SelectionNode, variables: Asked['variables']): boolean {
  try {
    return (
      getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
      getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false
    );
  } catch {
    return false;
  }
}

function variablesOf(nodes: readonly ASTNode[]): string[] {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return [...names].sort();
}
