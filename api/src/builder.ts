import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Range } from '@studyhall/contract/settings/settings.ts';
import type { GraphQLField } from 'graphql';
import { type Right, refusal, scopesOf } from './access/rights.ts';
import { rightsOf } from './access/rights-of.ts';
import type { Context } from './context.ts';
import { notFound } from './errors.ts';
import type PrismaTypes from './generated/pothos.ts';
import { getDatamodel } from './generated/pothos.ts';
import { type IdType, typeOfId } from './ids.ts';

/** What `node(id)` gives; other ids are only named. */
const nodes = new Set<IdType>(['Run', 'Experiment', 'Network', 'Model', 'Dataset', 'Trainer']);

export const builder = new SchemaBuilder<{
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
  };
  Directives: { range: { locations: 'INPUT_FIELD_DEFINITION' | 'ARGUMENT_DEFINITION'; args: Range } };
  AuthScopes: { [right in Right]: true };
  Connection: { totalCount: number; rowIds?: string[] };
}>({
  // Rights first: what is asked without right is not looked at further.
  plugins: [ScopeAuthPlugin, RelayPlugin, PrismaPlugin, DirectivesPlugin],
  defaultFieldNullability: false,
  directives: { useGraphQLToolsUnorderedDirectives: true },
  prisma: { client: (context) => context.db, dmmf: getDatamodel(), onUnusedQuery: null },
  scopeAuth: {
    authorizeOnSubscribe: true,
    authScopes: ({ caller }) => scopesOf(caller),
    unauthorizedError: (_parent, { caller }, info) =>
      refusal(caller, rightsOf(info.parentType.getFields()[info.fieldName] as GraphQLField<unknown, Context>)),
  },
  relay: {
    cursorType: 'String',
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodeQueryOptions: { nullable: true, authScopes: { viewer: true } },
    // The stored id is the node's id; its prefix says the type.
    encodeGlobalID: (_type, id) => String(id),
    decodeGlobalID: (id) => {
      const typename = typeOfId(id);
      if (!typename || !nodes.has(typename)) throw notFound('node', id.slice(0, 80));
      return { typename, id };
    },
  },
});

/** The default of an input object's field: what it leaves out has defaults of its own, which are filled in when a spec is normalised. */
export const defaults = (value: object) => value as never;

builder.queryType({});
builder.mutationType({});
builder.subscriptionType({});
