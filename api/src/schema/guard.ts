import { defaultFieldResolver, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { requireReader, requireToken } from '../access/viewer.ts';
import type { Context } from '../context.ts';
import { checkArguments } from '../limits/inputs.ts';

/** What may be asked without any right: who one is. */
const open = new Set(['viewer', '__typename']);

/**
 * Makes every query and subscription ask whether the viewer may read, every mutation whether they may do anything at all, and every field
 * whether its arguments are within bounds. Done in one place for all of them, so that a new field is neither open nor unbounded by
 * oversight. Mutations ask for their own, stronger rights.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()))
    if ('getFields' in type && 'getInterfaces' in type && !type.name.startsWith('__'))
      for (const field of Object.values((type as GraphQLObjectType).getFields())) if (field.args.length > 0) boundArguments(field);
  for (const field of fieldsOf(schema.getQueryType())) if (!open.has(field.name)) before(field, ({ viewer }) => requireReader(viewer));
  for (const field of fieldsOf(schema.getMutationType())) before(field, ({ viewer }) => requireToken(viewer));
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    const subscribe = field.subscribe;
    field.subscribe = (source, args, context: Context, info) => {
      requireReader(context.viewer);
      checkArguments(field.args, args);
      return subscribe?.(source, args, context, info);
    };
  }
  return schema;
}

type Field = GraphQLField<unknown, Context>;

const fieldsOf = (type: GraphQLObjectType | null | undefined): Field[] => Object.values(type?.getFields() ?? {});

function boundArguments(field: Field): void {
  before(field, (_context, args) => checkArguments(field.args, args));
}

/** Asks before the field is resolved; what is asked last comes first. */
function before(field: Field, ask: (context: Context, args: Record<string, unknown>) => void): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    ask(context, args);
    return resolve(source, args, context, info);
  };
}
