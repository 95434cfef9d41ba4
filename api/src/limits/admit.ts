import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { requireReader, type Viewer } from '../access/viewer.ts';
import { checkCost } from './cost.ts';
import type { Gate } from './gate.ts';
import { checkIntrospection } from './introspection.ts';

export type Operation = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
};

/**
 * Lets a valid operation in, when its turn has come.
 *
 * @returns says that it is done.
 * @throws TOO_COMPLEX for what costs too much, UNAUTHENTICATED for a question about the schema by who may not read, BUSY.
 */
export async function admit(
  schema: GraphQLSchema,
  gate: Gate,
  viewer: Viewer,
  { document, operation, variables }: Operation,
): Promise<() => void> {
  if (checkIntrospection(document)) requireReader(viewer);
  return gate.enter(viewer.token?.id ?? 'anonymous', checkCost(schema, document, operation, variables));
}
