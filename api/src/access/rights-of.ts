import type { GraphQLField, GraphQLSchema } from 'graphql';
import { type Rights, rights } from './rights.ts';

type Declaring = Pick<GraphQLField<unknown, unknown>, 'name' | 'extensions'>;

/** The rights that a field of Query, Mutation or Subscription declares; none, where it declares none. */
export const rightsOf = ({ extensions }: Declaring): Rights => declared(extensions) ?? {};

const declared = (extensions: Declaring['extensions']) => (extensions.pothosOptions as { authScopes?: Rights } | undefined)?.authScopes;

/**
 * Nothing is open by oversight: whatever can be asked says who may.
 *
 * @throws naming the field that declares no rights, or some that there are none of; or one further down that declares any: what many ask of a
 *   subscription is answered once, by the rights of the first.
 */
export function checkRights(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!('getFields' in type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const needed = declared(field.extensions);
      const name = `${type.name}.${field.name}`;
      if (roots.includes(type as never)) checkDeclared(name, needed);
      else if (needed) throw new Error(`${name} declares authScopes; only fields of Query, Mutation and Subscription do.`);
    }
  }
}

function checkDeclared(name: string, needed: unknown): void {
  const known = Object.keys(rights);
  const names = needed && typeof needed === 'object' ? Object.keys(needed) : [];
  if (names.length === 0 || names.some((right) => !known.includes(right)))
    throw new Error(`${name} does not declare who may ask for it: give it authScopes, some of ${known.join(', ')}.`);
}
