/** Kinds of values a setting can hold. `input` names another input type, `enum` one of the contract's enums. */
export type SettingKind = 'int' | 'float' | 'string' | 'boolean' | 'id' | 'enum' | 'input' | 'json';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Bounds as written by `@range`; `above` leaves the bound itself out. */
export type Range = { min?: number; max?: number; above?: number; unit?: string };

/** One field of an input type of the contract. Without a default, and not required, it may be null. */
export type Setting = {
  readonly name: string;
  readonly description: string;
  readonly kind: SettingKind;
  /** Name of the input type or enum for those kinds. */
  readonly type: string;
  readonly list: boolean;
  /** Without it, and without a default, the spec is refused. */
  readonly required: boolean;
  /** As written: what it leaves out has defaults of its own. */
  readonly default?: JsonValue;
  readonly range?: Readonly<Range>;
};

export type InputType = {
  readonly name: string;
  readonly description: string;
  readonly oneOf: boolean;
  readonly fields: readonly Setting[];
};

export type EnumType = {
  readonly name: string;
  readonly description: string;
  readonly values: readonly { readonly name: string; readonly description: string }[];
};

/** All that is to be known of the contract's inputs, by type name. */
export type Settings = {
  readonly inputs: { readonly [name: string]: InputType };
  readonly enums: { readonly [name: string]: EnumType };
};

/** @throws when the contract has no such input. */
export function inputType(settings: Settings, name: string): InputType {
  const type = Object.hasOwn(settings.inputs, name) ? settings.inputs[name] : undefined;
  if (!type) throw new Error(`The contract has no input type ${name}.`);
  return type;
}
