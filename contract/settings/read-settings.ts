import {
  astFromValue,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
} from 'graphql';
import type { EnumType, InputType, JsonValue, Range, Setting, SettingKind, Settings } from './settings.ts';

const scalarKinds: Record<string, SettingKind> = {
  Int: 'int',
  Float: 'float',
  String: 'string',
  Boolean: 'boolean',
  ID: 'id',
  JSON: 'json',
};

/**
 * Reads the input type `root` and every input and enum reachable from it out of the contract: descriptions, defaults, `@range`, `@oneOf`.
 *
 * @throws when `root` is no input type, or a field has a scalar the form cannot show.
 */
export function readSettings(schema: GraphQLSchema, root: string): Settings {
  const settings: Settings = { inputs: {}, enums: {} };
  const start = schema.getType(root);
  if (!isInputObjectType(start)) throw new Error(`The contract has no input type ${root}.`);
  const waiting: GraphQLInputObjectType[] = [start];
  for (let type = waiting.pop(); type; type = waiting.pop()) {
    if (settings.inputs[type.name]) continue;
    settings.inputs[type.name] = readInput(type);
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      if (isInputObjectType(named)) waiting.push(named);
      if (isEnumType(named)) settings.enums[named.name] = readEnum(named);
    }
  }
  return settings;
}

function readInput(type: GraphQLInputObjectType): InputType {
  return {
    name: type.name,
    description: type.description ?? '',
    oneOf: type.isOneOf,
    fields: Object.values(type.getFields()).map((field) => readField(type.name, field)),
  };
}

function readEnum(type: GraphQLEnumType): EnumType {
  const values = type.getValues().map((value) => ({ name: value.name, description: value.description ?? '' }));
  return { name: type.name, description: type.description ?? '', values };
}

function readField(owner: string, field: GraphQLInputField): Setting {
  const named = getNamedType(field.type);
  const kind = isInputObjectType(named) ? 'input' : isEnumType(named) ? 'enum' : scalarKinds[named.name];
  if (!kind) throw new Error(`${owner}.${field.name}: the form has no control for the scalar ${named.name}.`);
  const defaultValue = readDefault(field);
  const range = readRange(field);
  return {
    name: field.name,
    description: field.description ?? '',
    kind,
    type: named.name,
    list: isList(field.type),
    required: isNonNullType(field.type) && defaultValue === undefined,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    ...(range ? { range } : {}),
  };
}

function isList(type: GraphQLInputType): boolean {
  return isListType(type) || (isNonNullType(type) && isListType(type.ofType));
}

/** The default as written (`{ cosine: {} }`, not filled in), from the SDL if there is one. */
function readDefault(field: GraphQLInputField): JsonValue | undefined {
  const written = field.astNode?.defaultValue ?? (field.defaultValue === undefined ? null : astFromValue(field.defaultValue, field.type));
  return written ? (valueFromASTUntyped(written) as JsonValue) : undefined;
}

function readRange(field: GraphQLInputField): Range | undefined {
  const directive = field.astNode?.directives?.find((candidate) => candidate.name.value === 'range');
  if (!directive) return undefined;
  return Object.fromEntries(
    (directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  ) as Range;
}
