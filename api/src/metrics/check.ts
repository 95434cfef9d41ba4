import { written } from '@studyhall/contract/settings/written.ts';
import { badInput } from '../errors.ts';
import type { CohortRow, EpochRow } from '../sql/commit.ts';
import type { CommitTarget } from '../sql/runs.ts';

/** Rows that one commit may hold, of networks and cohort together. */
export const maxRows = 2000;

/** Longest name of a loss's term. */
const maxTermName = 64;

/** What a term may reach, as a loss: what 32 bits hold. */
const largest = 3.5e38;

/** Epochs that a network of the run is trained for; without one, those of its cohort. */
export function epochsOf({ epochs, teacher_epochs }: CommitTarget, network?: CommitTarget['networks'][number]): number {
  return network?.role === 'TEACHER' ? (teacher_epochs ?? 0) : epochs;
}

/** Refuses rows that cannot be this run's, naming the row and the field. Their numbers are within the contract's bounds. */
export function checkEpochRows(rows: readonly EpochRow[], target: CommitTarget): void {
  checkCount('epochs', rows.length);
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const at = `epochs.${i}`;
    const network = target.networks.find(({ index }) => index === row.network);
    if (!network)
      throw badInput(`${at}.network is ${row.network}; the run has networks ${target.networks.map(({ index }) => index).join(', ')}.`);
    checkEpoch(`${at}.epoch`, row.epoch, epochsOf(target, network));
    const place = `${row.network}/${row.epoch}`;
    if (seen.has(place)) throw badInput(`${at}: network ${row.network}, epoch ${row.epoch} is listed twice in this commit.`);
    seen.add(place);
    checkTerms(`${at}.trainTerms`, row.trainTerms);
  }
}

export function checkCohortRows(rows: readonly CohortRow[], target: CommitTarget): void {
  checkCount('cohort', rows.length);
  const seen = new Set<number>();
  for (const [i, row] of rows.entries()) {
    const at = `cohort.${i}`;
    checkEpoch(`${at}.epoch`, row.epoch, target.epochs);
    if (seen.has(row.epoch)) throw badInput(`${at}: epoch ${row.epoch} is listed twice in this commit.`);
    seen.add(row.epoch);
  }
}

function checkCount(name: string, count: number): void {
  if (count > maxRows) throw badInput(`${name} has ${written(count)} rows; a commit may hold ${written(maxRows)}. Send several commits.`);
}

function checkEpoch(path: string, epoch: number, epochs: number): void {
  if (!Number.isInteger(epoch) || epoch < 1 || epoch > epochs) throw badInput(`${path} is ${epoch}; the run has epochs 1 to ${epochs}.`);
}

function checkTerms(path: string, terms: unknown): void {
  if (typeof terms !== 'object' || terms === null || Array.isArray(terms)) throw badInput(`${path} has to be an object of named numbers.`);
  const entries = Object.entries(terms);
  if (entries.length > 16) throw badInput(`${path} has ${entries.length} terms; at most 16.`);
  const long = entries.find(([name]) => name.length > maxTermName);
  if (long) throw badInput(`${path}: the name "${long[0].slice(0, 80)}" is longer than ${maxTermName} characters.`);
  for (const [name, value] of entries)
    if (typeof value !== 'number' || !(Math.abs(value) <= largest))
      throw badInput(`${path}.${name} is ${String(value).slice(0, 80)}; it has to be a number from -${largest} to ${largest}.`);
}
