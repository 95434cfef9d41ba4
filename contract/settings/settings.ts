/** Kinds of values a setting can hold. `input` names another input type, `enum` one of the contract's enums. */
export type SettingKind = 'int' | 'float' | 'string' | 'boolean' | 'id' | 'enum' | 'input' | 'json';

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Bounds as written by `@range`; `above` leaves the bound itself out. */
export type Range = { min?: number; max?: number; above?: number; unit?: string };

/** One field of an input type of the contract. */
export type Setting = {
  name: string;
  description: string;
  kind: SettingKind;
  /** Name of the input type or enum for those kinds. */
  type: string;
  list: boolean;
  /** Without it, and without a default, the spec is refused. */
  required: boolean;
  default?: JsonValue;
  range?: Range;
};

export type InputType = { name: string; description: string; oneOf: boolean; fields: Setting[] };

export type EnumType = { name: string; description: string; values: { name: string; description: string }[] };

/** Everything a form needs to know of the contract's inputs, by type name. */
export type Settings = { inputs: Record<string, InputType>; enums: Record<string, EnumType> };
