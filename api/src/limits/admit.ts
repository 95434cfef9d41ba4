import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { type Caller, clientOf } from '../access/caller.ts';
import { requireRight } from '../access/rights.ts';
import { checkCost } from './cost.ts';
import { type Gate, lightEvent } from './gate.ts';
import { checkIntrospection } from './introspection.ts';

export type Operation = {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
};

/** An operation that was let in. */
export type Admission = {
  cost: number;
  /** Says that it is done. */
  leave(): void;
  /** Waits until an event of it, a subscription, may be answered. Throws BUSY. */
  enterAgain(): Promise<() => void>;
};

/**
 * Lets a valid operation in, when its turn has come.
 *
 * @throws TOO_COMPLEX for what costs too much, UNAUTHENTICATED for a question about the schema by who may not read, BUSY.
 */
export async function admit(
  schema: GraphQLSchema,
  gate: Gate,
  caller: Caller,
  { document, operation, variables }: Operation,
): Promise<Admission> {
  if (checkIntrospection(document)) requireRight(caller, { viewer: true });
  const client = clientOf(caller);
  const cost = checkCost(schema, document, operation, variables);
  return { cost, leave: await gate.enter(client, cost), enterAgain: () => gate.enter(client, cost, lightEvent) };
}
