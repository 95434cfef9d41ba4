import { GraphQLError, Kind, valueFromASTUntyped } from 'graphql';
import { builder } from '../builder.ts';

builder.scalarType('DateTime', {
  serialize: (value) => (value instanceof Date ? value : new Date(value as string)).toISOString(),
  parseValue: (value) => {
    const date = typeof value === 'string' ? new Date(value) : undefined;
    if (!date || !(date.getUTCFullYear() >= 1970 && date.getUTCFullYear() <= 9999))
      throw new GraphQLError(`${JSON.stringify(value)} is not a time; write it as 2026-01-31T12:00:00Z.`);
    return date;
  },
});

builder.scalarType('JSON', {
  description: 'A JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => (node.kind === Kind.VARIABLE ? variables?.[node.name.value] : valueFromASTUntyped(node, variables)),
});
