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
  const good: AnnouncedDataset[] = [];
  let classes = 0;
  for (const dataset of announced) {
    const problem =
      checkDataset(dataset) ??
      (good.some(({ name }) => name === dataset.name) ? 'another dataset has the same name.' : undefined) ??
      (good.some((other) => contradicts(other, dataset)) ? otherFacts : undefined) ??
      (good.length >= maxDatasets ? `a trainer may offer ${maxDatasets} datasets; this one comes after.` : undefined) ??
      (classes + dataset.classes.length > maxClassesInAll
        ? `the datasets of a trainer may have ${maxClassesInAll} classes in all.`
        : undefined);
    if (problem) leaveOut(dataset.name, problem);
    else {
      good.push(dataset);
      classes += dataset.classes.length;
    }
  }
  const strangers = await findStrangers(tx, good);
  for (const { name } of good.filter((dataset) => strangers.has(dataset))) leaveOut(name, otherFacts);
  const held = await upsertDatasets(
    tx,
    good.filter((dataset) => !strangers.has(dataset)),
  );
  return { held, leftOut: cut(leftOut) };
}

const otherFacts = 'content with this hash has been announced with other views, classes or sizes: equal content has equal facts.';

/** A text as it can be stored and shown, whatever it holds. */
const printable = (text: string, length: number) => text.slice(0, length).replace(/[\p{Cc}\p{Surrogate}]/gu, '\ufffd');

function cut(leftOut: LeftOut[]): LeftOut[] {
  const rest = leftOut.length - maxToldOf;
  return rest > 0 ? [...leftOut.slice(0, maxToldOf), { name: `${rest} more`, reason: 'left out for reasons like these.' }] : leftOut;
}
