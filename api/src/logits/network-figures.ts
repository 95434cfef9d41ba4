import { type Calibration, calibration } from '@studyhall/contract/logits/calibration.ts';
import { confusion } from '@studyhall/contract/logits/confusion.ts';
import { type LabelledLogits, samplesOf } from '@studyhall/contract/logits/labelled-logits.ts';
import { softLabels } from '@studyhall/contract/logits/soft-labels.ts';
import type { Tally } from '@studyhall/contract/logits/tally.ts';
import type { Split } from '@studyhall/contract/measures/measure.ts';
import { badInput } from '../errors.ts';
import type { NetworkKey } from './find-logits.ts';
import type { Sources } from './sources.ts';
import { inParts } from './stored-logits.ts';

/**
 * A network's mean soft labels on the validation split; null where it has no stored logits.
 *
 * @throws BAD_INPUT for a temperature outside (0, 100], or logits that cannot be read.
 */
export function readSoftLabels(sources: Sources, key: NetworkKey, temperature: number): Promise<number[][] | null> {
  if (!(temperature > 0 && temperature <= 100)) throw badInput(`temperature is ${temperature}; it has to be more than 0 and at most 100.`);
  return figureOf(sources, key, 'VALIDATION', (classes) => softLabels(classes, temperature));
}

/** Its reliability diagram and calibration error. @throws BAD_INPUT for logits that cannot be read. */
export const readCalibration = (sources: Sources, key: NetworkKey, split: Split): Promise<Calibration | null> =>
  figureOf(sources, key, split, calibration);

/** What it takes each class for. @throws BAD_INPUT for logits that cannot be read. */
export const readConfusion = (sources: Sources, key: NetworkKey, split: Split): Promise<number[][] | null> =>
  figureOf(sources, key, split, confusion);

async function figureOf<Figure>(
  { loaders, logits }: Sources,
  key: NetworkKey,
  split: Split,
  tallyOf: (classes: number) => Tally<LabelledLogits, Figure>,
): Promise<Figure | null> {
  const file = await loaders.logits(split).load(key);
  if (!file) return null;
  return logits.inTurn(async () => {
    const outputs = await logits.read(file);
    const tally = tallyOf(outputs.classes);
    await inParts(outputs.labels.length, outputs.classes, (from, to) => tally.add(samplesOf(outputs, from, to)));
    return tally.figure();
  });
}
