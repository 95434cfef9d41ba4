import { type GraphQLInputField, valueFromASTUntyped } from 'graphql';

/** Bounds of a number, as the contract's @range says. `above` is excluded. */
export type Range = { readonly min?: number; readonly max?: number; readonly above?: number; readonly unit?: string };

/** The field's @range. */
export const rangeOf = (field: GraphQLInputField): Range | null => {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'range');
  if (directive === undefined) return null;
  return Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
};

/** What is wrong with a number outside its bounds; null within. */
export const outOfRange = (value: number, { min, max, above, unit }: Range): string | null => {
  if ((min === undefined || value >= min) && (above === undefined || value > above) && (max === undefined || value <= max)) return null;
  const bounds = [
    min === undefined ? null : `at least ${min}`,
    above === undefined ? null : `more than ${above}`,
    max === undefined ? null : `at most ${max}`,
  ].filter((bound) => bound !== null);
  return `is ${value}; it has to be ${bounds.join(' and ')}${unit === undefined ? '' : ` ${unit}`}.`;
};
