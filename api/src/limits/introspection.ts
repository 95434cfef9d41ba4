import { type DocumentNode, type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, Kind, visit } from 'graphql';
import { ApiError } from '../errors.ts';

/** How often a document may ask for the schema: once tells all of it. Single types may be asked for by name. */
const most = { __schema: 1, __type: 20 } as const;

/**
 * Whether a document asks about the schema.
 *
 * @throws TOO_COMPLEX if it asks more than once.
 */
export function checkIntrospection(document: DocumentNode): boolean {
  const counts = { __schema: 0, __type: 0 };
  visit(document, {
    [Kind.FIELD]: ({ name: { value } }) => {
      if (value === '__schema' || value === '__type') counts[value] += 1;
    },
  });
  for (const name of ['__schema', '__type'] as const)
    if (counts[name] > most[name])
      throw new ApiError('TOO_COMPLEX', `A document may ask for ${name} ${most[name]} time(s); this one does ${counts[name]} times.`);
  return counts.__schema + counts.__type > 0;
}

const known = new WeakMap<GraphQLSchema, Map<string, number>>();

/** Mean lengths of the lists that introspection gives, by type and field: what it costs is then near to what it does. */
export function lengthsOf(schema: GraphQLSchema): Map<string, number> {
  const found = known.get(schema) ?? measure(schema);
  known.set(schema, found);
  return found;
}

function measure(schema: GraphQLSchema): Map<string, number> {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []));
  const inputs = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
  const values = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  const per = (count: number, of: number) => Math.ceil((count / of) * 100) / 100;
  const ofType = (count: number) => per(count, types.length);
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', schema.getDirectives().length],
    ['__Type.fields', ofType(fields.length)],
    ['__Type.inputFields', ofType(inputs.length)],
    ['__Type.enumValues', ofType(values.length)],
    ['__Type.interfaces', 1],
    ['__Type.possibleTypes', 1],
    // Few types are wrapped more than twice (a list of what may not be null).
    ['__Type.ofType', 0.5],
    ['__Field.args', Math.max(1, per(fields.flatMap(({ args }) => args).length, fields.length))],
  ]);
}
