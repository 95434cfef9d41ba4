import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { type SpecLine, specLines } from '@/lib/contract/spec-lines.ts';
import { absent, wholeNumber } from '@/lib/format/number.ts';

type Group = { [name: string]: JsonValue };

const isGroup = (value: JsonValue | undefined): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the summary's other lines say already. */
const said = /^(dataset$|data\.trainSamples$|method$|networks\.\d+$|training\.(epochs|batchSize)$)|\.(teachers(\.|$)|temperature$)/;

/** The settings of a spec that are not at their default, without those that the summary names anyway. */
export function changedLines(spec: Group): SpecLine[] {
  return specLines(settings, 'RunSpecInput', spec).filter(
    ({ path, value, isDefault }) => !isDefault && value !== null && value !== '' && !said.test(path),
  );
}

/** The temperature at which others' outputs are taken, of the teachers or else the peers; null where nobody teaches. */
export function temperatureOf(method: JsonValue | undefined): string | null {
  if (!isGroup(method)) return null;
  const [options] = Object.values(method);
  if (!isGroup(options)) return null;
  const teaching = isGroup(options.teaching) ? options.teaching.temperature : null;
  if (options.temperature == null) return null;
  return teaching == null ? String(options.temperature) : `${options.temperature}, of the teachers ${teaching}`;
}

/** A count as it is written everywhere: `8,000`; what is no whole number stands as it is. */
export const count = (value: JsonValue | undefined): string =>
  typeof value === 'number' && Number.isInteger(value) ? wholeNumber(value) : String(value ?? absent);

/** How many images are trained on: `1,000, with 10 % of the split for validation`. */
export function imagesOf(data: JsonValue | undefined): string {
  if (!isGroup(data)) return '–';
  const { validationFraction } = data;
  const trainSamples = data.trainSamples == null ? null : count(data.trainSamples);
  const held =
    typeof validationFraction === 'number' && validationFraction > 0 ? `${Number((validationFraction * 100).toPrecision(3))} %` : null;
  if (trainSamples === null) return held ? `all of the training split but ${held} for validation` : 'all of the training split';
  return held ? `${trainSamples}, with ${held} of the split for validation` : `${trainSamples}, none for validation`;
}
