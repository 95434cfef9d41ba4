import { typeOfId } from '../ids.ts';

/** An id as `newId` makes them. A token's text is none, nor is an invitation's. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]+_[a-z0-9]{1,60}$/.test(value) && typeOfId(value) !== undefined;

/** Ids among a value: itself, a list's, or an object's own `id`. */
export function idsIn(value: unknown): string[] {
  if (isId(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  return typeof value === 'object' && value !== null && 'id' in value && isId(value.id) ? [value.id] : [];
}
