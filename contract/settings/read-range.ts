import { type GraphQLArgument, type GraphQLInputField, valueFromASTUntyped } from 'graphql';
import type { Range } from './settings.ts';

/** A field's `@range`, whether it was declared in code or read from text. */
export function rangeOf({ astNode, extensions }: Pick<GraphQLInputField | GraphQLArgument, 'astNode' | 'extensions'>): Range | undefined {
  const written = astNode?.directives?.find(({ name }) => name.value === 'range');
  if (written)
    return Object.fromEntries((written.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)])) as Range;
  const declared = extensions.directives as { name: string; args: Range }[] | { range?: Range } | undefined;
  return Array.isArray(declared) ? declared.find(({ name }) => name === 'range')?.args : declared?.range;
}
