import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { type AnnouncedDataset, contradicts, findStrangers, upsertDatasets } from '../sql/datasets.ts';
import { checkDataset } from './check-dataset.ts';

/** A dataset that a trainer has but cannot offer, and why. */
export type LeftOut = { name: string; reason: string };

/** Most datasets of one trainer, and most that it is told about. */
const maxDatasets = 200;
const maxToldOf = 50;

/** Most classes of all its datasets together. */
const maxClassesInAll = 50_000;

/**
 * Stores what a trainer offers. What cannot be offered is left out and named: one bad folder keeps no trainer from its work.
 *
 * @param unusable what the trainer itself could not use.
 * @returns the ids of what is offered.
 */
export async function offerDatasets(
  tx: Tx,
  announced: readonly AnnouncedDataset[],
  unusable: readonly LeftOut[],
): Promise<{ held: string[]; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const leaveOut = (name: string, reason: string) => leftOut.push({ name: printable(name, 80), reason: printable(reason, 500) });
  for (const { name, reason } of unusable) leaveOut(name, reason);
  const valid = announced.filter((dataset) => {
    const problem = checkDataset(dataset);
    if (problem) leaveOut(dataset.name, problem);
    return !problem;
  });
  const strangers = await findStrangers(tx, valid);
  const good: AnnouncedDataset[] = [];
  let classes = 0;
  for (const dataset of valid) {
    classes += dataset.classes.length;
    const problem = strangers.has(dataset) ? otherFacts : (clash(dataset, good) ?? surplus(good.length, classes));
    if (problem) leaveOut(dataset.name, problem);
    else good.push(dataset);
  }
  return { held: await upsertDatasets(tx, good), leftOut: cut(leftOut) };
}

function clash(dataset: AnnouncedDataset, others: readonly AnnouncedDataset[]): string | undefined {
  if (others.some(({ name }) => name === dataset.name)) return 'another dataset has the same name.';
  return others.some((other) => contradicts(other, dataset)) ? otherFacts : undefined;
}

function surplus(datasets: number, classes: number): string | undefined {
  if (datasets >= maxDatasets) return `a trainer may offer ${written(maxDatasets)} datasets; this one comes after.`;
  return classes > maxClassesInAll ? `the datasets of a trainer may have ${written(maxClassesInAll)} classes in all.` : undefined;
}

const otherFacts = 'content with this hash has been announced with other views, classes or sizes: equal content has equal facts.';

/** A text as it can be stored and shown, whatever it holds. */
const printable = (text: string, length: number) => text.slice(0, length).replace(/[\p{Cc}\p{Surrogate}]/gu, '\ufffd');

function cut(leftOut: LeftOut[]): LeftOut[] {
  const rest = leftOut.length - maxToldOf;
  return rest > 0 ? [...leftOut.slice(0, maxToldOf), { name: `${rest} more`, reason: 'left out for reasons like these.' }] : leftOut;
}
