import { type FieldsOf, fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { findFault } from '@studyhall/contract/measures/registry.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import { badInput } from '../errors.ts';
import { cohort, type MeasurementRow, none } from '../sql/measurements.ts';
import type { CommitTarget } from '../sql/runs.ts';

/** A figure as a trainer reports it with the row it belongs to. `pair`: of a cohort's, the two networks it is about. */
export type Reported = Figure & { value: number; pair?: readonly number[] | null | undefined };

/** What a reported row may hold beside its columns. */
export type Figures<Kind extends keyof typeof fieldFigures> = FieldsOf<Kind> & { measurements?: readonly Reported[] | null | undefined };

type Subject = { at: string; kind: keyof typeof fieldFigures; epoch: number; network: number };

/** Most that one row may hold: a page of some 10,000 epochs' rows stays within what an answer may hold, a large cohort's pairs have room at the end. */
const maxMeasurements = { epoch: 8, cohortEpoch: 16, network: 64, cohort: 256 } as const;

/**
 * The measurements of a reported row, those in fields of their own among them.
 *
 * @throws BAD_INPUT for a measure that there is not or that is not said of such a row, a value beyond its bounds, a figure that stands twice.
 */
export function measurementsOf(
  { at, kind, epoch, network }: Subject,
  row: { measurements?: readonly Reported[] | null | undefined },
  target: Pick<CommitTarget, 'networks'>,
): MeasurementRow[] {
  const listed = row.measurements ?? [];
  const most = maxMeasurements[kind];
  if (listed.length > most) throw badInput(`${at}.measurements has ${written(listed.length)} entries; it may hold ${written(most)}.`);
  const rows = new Map<string, MeasurementRow>();
  const add = (path: string, { measure, split, value, pair }: Reported) => {
    const [first, second] = pair ? pairOf(`${path}.pair`, pair, target) : [network, none];
    const fault = findFault({ measure, split }, pair ? 'PAIR' : network === cohort ? 'COHORT' : 'NETWORK', value);
    if (fault) throw badInput(`${path}: ${fault}`);
    if (pair && network !== cohort) throw badInput(`${path}.pair: a pair's figures stand with the cohort's.`);
    const key = `${first} ${second} ${measure} ${split}`;
    if (rows.has(key)) throw badInput(`${path}: ${measure} on ${split} stands twice.`);
    rows.set(key, { epoch, network: first, other: second, measure, split, value });
  };
  for (const [i, reported] of listed.entries()) add(`${at}.measurements.${i}`, reported);
  for (const [field, figure] of Object.entries<Figure>(fieldFigures[kind])) {
    const value = (row as Record<string, unknown>)[field];
    if (typeof value === 'number') add(`${at}.${field}`, { ...figure, value });
  }
  return [...rows.values()];
}

/** The smaller index first. */
function pairOf(path: string, pair: readonly number[], { networks }: Pick<CommitTarget, 'networks'>): readonly [number, number] {
  const [first, second] = [...pair].sort((one, other) => one - other);
  if (pair.length !== 2 || first === undefined || second === undefined || first === second)
    throw badInput(`${path} is [${pair.join(', ')}]; it has to be two different networks.`);
  const unknown = pair.find((index) => !networks.some((network) => network.index === index));
  if (unknown !== undefined)
    throw badInput(`${path} names network ${unknown}; the run has networks ${networks.map(({ index }) => index).join(', ')}.`);
  return [first, second];
}

/** The row without them: what its columns hold. */
export function columnsOf<Row extends object>(row: Row, kind: keyof typeof fieldFigures): Omit<Row, 'measurements'> {
  const others = new Set(['measurements', ...Object.keys(fieldFigures[kind])]);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !others.has(key))) as Omit<Row, 'measurements'>;
}
