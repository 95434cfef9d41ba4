import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Chance } from './chance.ts';
import { type Known, valueFor } from './values.ts';

export type Generated = { kind: 'query' | 'mutation'; field: string; query: string; variables: Record<string, unknown> };

type Variables = { definitions: string[]; values: Record<string, unknown> };

/** An operation of the contract: a field of a root type, or a few of them, with arguments and some of what it gives. */
export function operation(chance: Chance, known: Known, schema: GraphQLSchema): Generated {
  const kind = chance.onceIn(3) ? 'mutation' : 'query';
  const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  const fields = Object.values(root?.getFields() ?? {});
  const variables: Variables = { definitions: [], values: {} };
  const field = chance.one(fields);
  const count = kind === 'query' ? chance.one([1, 1, 1, 2, 40]) : 1;
  const selected = Array.from({ length: count }, (_, i) => `f${i}: ${selection(chance, known, field, variables, 0)}`);
  const definitions = variables.definitions.length > 0 ? `(${variables.definitions.join(', ')})` : '';
  return { kind, field: field.name, query: `${kind} ${definitions} { ${selected.join(' ')} }`, variables: variables.values };
}

function selection(chance: Chance, known: Known, field: GraphQLField<unknown, unknown>, variables: Variables, depth: number): string {
  const args = field.args.flatMap((arg) => {
    if (!isNonNullType(arg.type) && chance.onceIn(2)) return [];
    if (isNonNullType(arg.type) && arg.defaultValue !== undefined && chance.onceIn(2)) return [];
    const name = `v${variables.definitions.length}`;
    variables.definitions.push(`$${name}: ${arg.type}`);
    variables.values[name] = valueFor(chance, known, arg);
    return [`${arg.name}: $${name}`];
  });
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${selectionSet(chance, known, field.type, variables, depth)}`;
}

function selectionSet(chance: Chance, known: Known, type: GraphQLOutputType, variables: Variables, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (!isObjectType(named) && !isInterfaceType(named)) return ' { __typename }';
  const fields = Object.values(named.getFields());
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)) && (field.args.length === 0 || chance.onceIn(3)));
  const objects =
    depth < 3 ? fields.filter((field) => !isLeafType(getNamedType(field.type)) && chance.onceIn(fields.length > 8 ? 5 : 1)) : [];
  const chosen = [...leaves.filter(() => !chance.onceIn(4)), ...objects];
  const inner = chosen.map(
    (field, i) => (field.args.length > 0 ? `a${depth}${i}: ` : '') + selection(chance, known, field, variables, depth + 1),
  );
  return ` { __typename ${inner.join(' ')} }`;
}
