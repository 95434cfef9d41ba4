import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Types whose values are told: none of them holds a text that somebody wrote, such as a password, a note or an address. */
const told = new Set(['ID', 'Int', 'Float', 'Boolean', 'DateTime']);

/** Most values of a list that are told. */
const most = 100;

/** What of a mutation's arguments is noted. */
export function aboutOf(args: readonly GraphQLArgument[], values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    args.flatMap(({ name, type }) => {
      const value = toldOf(type, values[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function toldOf(type: GraphQLInputType, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (isNonNullType(type)) return toldOf(type.ofType, value);
  if (isListType(type)) return isTold(type) && Array.isArray(value) ? value.slice(0, most) : undefined;
  if (isInputObjectType(type)) {
    const own = aboutOf(Object.values(type.getFields()) as never, value as Record<string, unknown>);
    return Object.keys(own).length > 0 ? own : undefined;
  }
  return isTold(type) ? value : undefined;
}

function isTold(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return told.has(named.name) || isEnumType(named);
}
