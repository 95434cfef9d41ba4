import { coerce } from '../../settings/coerce.ts';
import { inputType, type JsonValue, type Setting, type Settings } from '../../settings/settings.ts';

/** One setting of a spec by its path (`training.epochs`), in the contract's order. Of a `@oneOf` the entry that was chosen is one by itself. */
export type Leaf = { readonly path: string; readonly value: JsonValue; readonly byDefault: JsonValue | undefined };

/** What was chosen of a `@oneOf`, or that an optional part is there at all. */
export const chosen = 'chosen';

/** All settings below a value of an input type. Lists of inputs (networks, teachers) are left to whoever knows what they are. */
export function leavesOf(settings: Settings, type: string, value: unknown, path: string): Leaf[] {
  if (typeof value !== 'object' || value === null) return [];
  const { fields, oneOf } = inputType(settings, type);
  return fields.flatMap((field) => {
    const item = (value as Record<string, unknown>)[field.name];
    const own = `${path}.${field.name}`;
    if (field.kind !== 'input') return [leaf(field, item, own)];
    if (field.list || item === null || item === undefined) return [];
    const inner = leavesOf(settings, field.type, item, own);
    return oneOf || field.default === undefined ? [{ path: own, value: chosen, byDefault: undefined }, ...inner] : inner;
  });
}

function leaf(field: Setting, value: unknown, path: string): Leaf {
  // Optional settings are null where they are absent, and so is what an older contract did not know.
  const byDefault = field.default ?? (field.required ? undefined : null);
  return { path, value: (value ?? byDefault ?? null) as JsonValue, byDefault };
}

/** The settings that an input has when nothing is given. */
export function defaultLeaves(settings: Settings, type: string, path: string): Leaf[] {
  return leavesOf(settings, type, coerce(settings, type, {}).value, path);
}

/** What is otherwise than in `usual`; what that does not have at all is held against its default. */
export function differences(leaves: readonly Leaf[], usual: readonly Leaf[]): Leaf[] {
  const known = new Map(usual.map((each) => [each.path, each.value]));
  return leaves.filter(({ path, value, byDefault }) => {
    const expected = known.has(path) ? known.get(path) : byDefault;
    return expected === undefined || JSON.stringify(value) !== JSON.stringify(expected);
  });
}
