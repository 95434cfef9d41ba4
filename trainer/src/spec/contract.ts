import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLInputObjectType, type GraphQLSchema, isInputObjectType } from 'graphql';

const CONTRACT = fileURLToPath(new URL('../../../contract/schema.graphql', import.meta.url));

let schema: GraphQLSchema | undefined;

/** An input type of the contract, which is the one place where settings, defaults and bounds are written down. */
export const inputType = (name: string): GraphQLInputObjectType => {
  schema ??= buildSchema(readFileSync(CONTRACT, 'utf8'));
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`${CONTRACT} declares no input ${name}`);
  return type;
};
