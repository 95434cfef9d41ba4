import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { requireReader } from '../access/viewer.ts';
import type { Context } from '../context.ts';

/** What may be asked without any right: who one is. */
const open = new Set(['viewer', '__typename']);

/**
 * Makes every query and subscription ask whether the viewer may read. Done in one place for all of them, so that a new field is not
 * open by oversight. Mutations ask for their own, stronger rights.
 */
export function guardReading(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (open.has(field.name)) continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (source, args, context: Context, info) => {
      requireReader(context.viewer);
      return resolve(source, args, context, info);
    };
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const subscribe = field.subscribe;
    field.subscribe = (source, args, context: Context, info) => {
      requireReader(context.viewer);
      return subscribe?.(source, args, context, info);
    };
  }
  return schema;
}
