import { defaultOf } from '../settings/coerce.ts';
import { settings as contractSettings } from '../settings/contract.ts';
import { inputType, type Setting, type Settings } from '../settings/settings.ts';
import { canonical } from './canonical.ts';
import type { NetworkSettings, RunSpec } from './run-spec.ts';

/**
 * Texts that name what a spec asks for: equal ones ask for the same. Settings at their default are left out, at every depth, so that a
 * released default never changes, and a setting that is added renames nothing that was there before. Rooms hash them (SHA-256).
 */

/** What a run is made from besides its spec. */
export type Data = {
  /** Of the dataset's content. */
  readonly hash: string;
  /** The dataset's first view: the default of a network's view. */
  readonly firstView: string;
};

/** Of a group: its runs differ by seed alone. */
export function groupText(spec: RunSpec, data: Data, settings = contractSettings): string {
  return canonical({ dataset: data.hash, spec: onData(spec, data, settings) });
}

/** Of one run: its group and its seed. */
export function runText(spec: RunSpec, seed: number, data: Data, settings = contractSettings): string {
  return canonical({ dataset: data.hash, seed, spec: onData(spec, data, settings) });
}

/** Of a spec alone, whatever its dataset holds. */
export function specText(spec: RunSpec, settings = contractSettings): string {
  return canonical(withoutDefaults(settings, 'RunSpecInput', spec));
}

/** What an INDEPENDENT network needs in common with a network to be its paired baseline, its seed apart. */
export function twinText(spec: RunSpec, index: number, data: Data, settings = contractSettings): string {
  return twinOf(spec, [spec.networks[index] ?? { model: '', view: null, dropout: 0 }], index, data, settings);
}

/** The same for the cohort: the independent ensemble of the same networks. */
export function cohortTwinText(spec: RunSpec, data: Data, settings = contractSettings): string {
  return twinOf(spec, spec.networks, -1, data, settings);
}

function twinOf(spec: RunSpec, networks: readonly NetworkSettings[], index: number, data: Data, settings: Settings): string {
  const common = withoutFirstView({ data: spec.data, training: spec.training, networks }, data.firstView);
  return canonical({ dataset: data.hash, index, spec: withoutDefaults(settings, 'RunSpecInput', common) });
}

/** The spec on known data: its name means nothing, and its first view is the default. */
function onData({ dataset: _name, ...rest }: RunSpec, { firstView }: Data, settings: Settings): unknown {
  return withoutDefaults(settings, 'RunSpecInput', withoutFirstView(rest, firstView));
}

function withoutFirstView(value: unknown, firstView: string): unknown {
  return JSON.parse(JSON.stringify(value), (key, item) => (key === 'view' && item === firstView ? null : item));
}

/** Leaves out, at every depth, what equals its default, and what is null. */
export function withoutDefaults(settings: Settings, type: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { fields, oneOf } = inputType(settings, type);
  const kept = Object.entries(value).flatMap(([key, item]) => {
    if (item === null || item === undefined) return [];
    const field = fields.find(({ name }) => name === key);
    // Of another version of the contract: it may mean anything.
    if (!field) return [[key, item] as const];
    const stripped = stripSetting(settings, field, item);
    const isDefault = !oneOf && field.default !== undefined && canonical(stripped) === canonical(strippedDefault(settings, field));
    return isDefault ? [] : [[key, stripped] as const];
  });
  return Object.fromEntries(kept);
}

function stripSetting(settings: Settings, field: Setting, value: unknown): unknown {
  if (field.kind !== 'input') return value;
  return field.list && Array.isArray(value)
    ? value.map((item) => withoutDefaults(settings, field.type, item))
    : withoutDefaults(settings, field.type, value);
}

const strippedDefault = (settings: Settings, field: Setting) => stripSetting(settings, field, defaultOf(settings, field));
