import { type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';

/** RunSpecInput of the schema: what specs are normalised against. */
export function specType(schema: GraphQLSchema): GraphQLInputObjectType {
  const type = schema.getType('RunSpecInput');
  if (!isInputObjectType(type)) throw new Error('The schema has no input RunSpecInput.');
  return type;
}
