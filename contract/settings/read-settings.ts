import {
  astFromValue,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  valueFromASTUntyped,
} from 'graphql';
import { rangeOf } from './read-range.ts';
import type { EnumType, InputType, JsonValue, Setting, SettingKind, Settings } from './settings.ts';

const scalarKinds: Record<string, SettingKind> = {
  Int: 'int',
  Float: 'float',
  String: 'string',
  Boolean: 'boolean',
  ID: 'id',
  JSON: 'json',
};

/**
 * Reads the input types `roots` and every input and enum reachable from them out of the contract: descriptions, defaults, `@range`, `@oneOf`.
 *
 * @throws when a root is no input type, or a field is of a kind that no setting has.
 */
export function readSettings(schema: GraphQLSchema, ...roots: string[]): Settings {
  const settings: { inputs: Record<string, InputType>; enums: Record<string, EnumType> } = { inputs: {}, enums: {} };
  const waiting: GraphQLInputObjectType[] = roots.map((root) => {
    const start = schema.getType(root);
    if (!isInputObjectType(start)) throw new Error(`The contract has no input type ${root}.`);
    return start;
  });
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
  const place = `${owner}.${field.name}`;
  if (!kind) throw new Error(`${place} is of the scalar ${named.name}, which settings do not know.`);
  const defaultValue = readDefault(field);
  if (defaultValue !== undefined && !isNonNullType(field.type))
    throw new Error(`${place} has a default and may be null: settings know one way to leave something out. Write ${field.type}!.`);
  const list = isNonNullType(field.type) ? field.type.ofType : field.type;
  if (isListType(list) && !isNonNullType(list.ofType))
    throw new Error(`${place} is a list whose items may be null: write [${named.name}!].`);
  const range = rangeOf(field);
  return {
    name: field.name,
    description: field.description ?? '',
    kind,
    type: named.name,
    list: isListType(list),
    required: isNonNullType(field.type) && defaultValue === undefined,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    ...(range ? { range } : {}),
  };
}

/** The default as written (`{ cosine: {} }`, not filled in), from the SDL if there is one. */
function readDefault(field: GraphQLInputField): JsonValue | undefined {
  const written = field.astNode?.defaultValue ?? (field.defaultValue === undefined ? null : astFromValue(field.defaultValue, field.type));
  return written ? (valueFromASTUntyped(written) as JsonValue) : undefined;
}
