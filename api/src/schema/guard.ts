import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import { checkRights } from '../access/rights-of.ts';
import { audit } from '../audit/audited.ts';
import type { Context } from '../context.ts';
import type { Price } from '../limits/cost.ts';
import { checkArguments } from '../limits/inputs.ts';
import { Work } from '../limits/work.ts';

/**
 * Makes every field ask whether its arguments are within bounds and its values still affordable, and holds every field that can be asked to
 * saying who may, and what people change to be noted. Done in one place for all of them, so that a new field is neither open nor unbounded by oversight.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  checkRights(schema);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__'))
      for (const field of Object.values(type.getFields())) {
        if (field.args.length > 0) boundArguments(field);
        countValues(field);
      }
  for (const field of fieldsOf(schema.getMutationType())) audit(field);
  for (const field of fieldsOf(schema.getSubscriptionType())) {
    const subscribe = field.subscribe;
    field.subscribe = (source, args, context: Context, info) => {
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

/** Lists of lists multiply; what was estimated before may be far less than what there is. */
function countValues(field: Field): void {
  const { weight = 0 } = (field.extensions.price ?? {}) as Price;
  before(field, () => Work.current()?.countValues(1 + weight));
  if (!isListType(getNullableType(field.type))) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  const count = (list: unknown) => {
    if (Array.isArray(list)) Work.current()?.countValues(list.length);
    return list;
  };
  field.resolve = (source, args, context, info) => {
    const list = resolve(source, args, context, info);
    return list instanceof Promise ? list.then(count) : count(list);
  };
}

/** Asks before the field is resolved; what is asked last comes first. */
function before(field: Field, ask: (context: Context, args: Record<string, unknown>) => void): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    ask(context, args);
    return resolve(source, args, context, info);
  };
}
