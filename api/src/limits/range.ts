import type { GraphQLInputField } from 'graphql';

/** Bounds of a number, as the contract's @range says. `above` is excluded. */
export type Range = { min?: number; max?: number; above?: number; unit?: string };

/** The field's @range. */
export function rangeOf(field: Pick<GraphQLInputField, 'extensions'>): Range | undefined {
  const directives = field.extensions.directives as { name: string; args: Range }[] | { range?: Range } | undefined;
  if (Array.isArray(directives)) return directives.find(({ name }) => name === 'range')?.args;
  return directives?.range;
}

/** What is wrong with a number outside its bounds. */
export function checkRange(value: number, { min, max, above, unit }: Range): string | undefined {
  const low = min === undefined || value >= min;
  if (low && (above === undefined || value > above) && (max === undefined || value <= max)) return undefined;
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(above === undefined ? [] : [`more than ${above}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ];
  return `is ${value}; it has to be ${bounds.join(' and ')}${unit ? ` ${unit}` : ''}.`;
}
