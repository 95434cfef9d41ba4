import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

const leaves: Record<string, unknown> = {
  ID: 'run_1',
  String: 'x',
  Int: 1,
  Float: 1,
  Boolean: true,
  JSON: {},
  DateTime: '2026-01-01T00:00:00Z',
};

/** A question of that field alone, with no more arguments than it asks for: each is valid by its type, and names nothing that there is. */
export function leastQuestion(operation: 'query' | 'mutation' | 'subscription', field: GraphQLField<unknown, unknown>) {
  const args = field.args.filter(isRequiredArgument);
  const list = (texts: string[]) => (texts.length > 0 ? `(${texts.join(', ')})` : '');
  const declared = list(args.map(({ name, type }) => `$${name}: ${type}`));
  const given = list(args.map(({ name }) => `${name}: $${name}`));
  const query = `${operation} ${declared} { ${field.name}${given}${isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'} }`;
  return { query, variables: Object.fromEntries(args.map(({ name, type }) => [name, leastValue(type)])) };
}

function leastValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastValue(type.ofType);
  if (isListType(type)) return [leastValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return leaves[type.name];
  const fields = Object.values(type.getFields());
  const needed: GraphQLInputField[] = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  return Object.fromEntries(needed.map((field) => [field.name, leastValue(field.type)]));
}
