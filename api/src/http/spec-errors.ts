import { coerce } from '@studyhall/contract/settings/coerce.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { type GraphQLFormattedError, Kind, type OperationDefinitionNode } from 'graphql';
import { badSpec } from '../errors.ts';

/**
 * GraphQL refuses a variable of the wrong shape before we see it, naming one fault and not what would be right. Where that variable holds
 * a spec, its errors are replaced by ours: all faults, with their paths and what is allowed.
 */
export function explainSpecErrors(
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  errors: readonly GraphQLFormattedError[],
): readonly GraphQLFormattedError[] {
  if (!errors.some(({ extensions }) => extensions?.code === 'BAD_INPUT')) return errors;
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    if (named.kind !== Kind.NAMED_TYPE) continue;
    const value = variables[variable.name.value];
    const spec = named.name.value === 'ScheduleRunsInput' ? (value as { spec?: unknown } | null)?.spec : value;
    if (!['ScheduleRunsInput', 'RunSpecInput'].includes(named.name.value)) continue;
    const { problems } = coerce(settings, 'RunSpecInput', spec);
    if (problems.length > 0) return [badSpec(problems).toJSON()];
  }
  return errors;
}
