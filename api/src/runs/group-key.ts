import { createHash } from 'node:crypto';
import { type GraphQLInputField, type GraphQLInputType, getNullableType, isInputObjectType, isListType } from 'graphql';
import type { Problem } from '../errors.ts';
import { canonical } from './canonical.ts';
import { coerce } from './coerce.ts';
import type { RunSpec } from './spec.ts';

/**
 * The key of a group: SHA-256 over the dataset's hash and the spec without its seed, fields at their default left out. So a released
 * default never changes, and a new setting does not rehash old runs.
 *
 * @param type RunSpecInput
 * @param firstView the dataset's first view: the default of a network's view.
 */
export function groupKey(type: GraphQLInputType, spec: RunSpec, datasetHash: string, firstView: string): string {
  const { dataset: _name, ...rest } = spec;
  return sha256({ dataset: datasetHash, spec: withoutDefaults(type, withoutFirstView(rest, firstView)) });
}

/** What an INDEPENDENT network needs in common with a network to be its paired baseline, its seed apart. */
export function twinKey(type: GraphQLInputType, spec: RunSpec, datasetHash: string, firstView: string, index: number): string {
  return cohortTwinKey(
    type,
    { ...spec, networks: [spec.networks[index] ?? { model: '', view: null, dropout: 0 }] },
    datasetHash,
    firstView,
    index,
  );
}

/** The same for the cohort: the independent ensemble of the same networks. */
export function cohortTwinKey(type: GraphQLInputType, spec: RunSpec, datasetHash: string, firstView: string, index = -1): string {
  const common = { data: spec.data, training: spec.training, networks: spec.networks };
  return sha256({ dataset: datasetHash, index, spec: withoutDefaults(type, withoutFirstView(common, firstView)) });
}

function withoutFirstView(value: unknown, firstView: string): unknown {
  return JSON.parse(JSON.stringify(value), (key, item) => (key === 'view' && item === firstView ? null : item));
}

/** Leaves out, at every depth, what equals its default, and what is null. */
function withoutDefaults(type: GraphQLInputType, value: unknown): unknown {
  const inner = getNullableType(type) as GraphQLInputType;
  if (isListType(inner) && Array.isArray(value)) return value.map((item) => withoutDefaults(inner.ofType, item));
  if (!isInputObjectType(inner) || typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const field = inner.getFields()[key];
    if (!field || item === null || item === undefined) continue;
    const stripped = withoutDefaults(field.type, item);
    const isDefault = !inner.isOneOf && field.defaultValue !== undefined && canonical(stripped) === canonical(defaultOf(field));
    if (!isDefault) result[key] = stripped;
  }
  return result;
}

function defaultOf(field: GraphQLInputField): unknown {
  const problems: Problem[] = [];
  return withoutDefaults(field.type, coerce(field.type, field.defaultValue, [], problems));
}

const sha256 = (value: unknown) => createHash('sha256').update(canonical(value)).digest('hex');
