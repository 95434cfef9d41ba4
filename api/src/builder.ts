import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { Range } from '@studyhall/contract/settings/settings.ts';
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
  Connection: { totalCount: number; rowIds?: string[] };
}>({
  plugins: [RelayPlugin, PrismaPlugin, DirectivesPlugin],
  defaultFieldNullability: false,
  directives: { useGraphQLToolsUnorderedDirectives: true },
  prisma: { client: (context) => context.db, dmmf: getDatamodel(), onUnusedQuery: null },
  relay: {
    cursorType: 'String',
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodeQueryOptions: { nullable: true },
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
