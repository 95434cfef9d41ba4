import { accuracy } from '@studyhall/contract/logits/accuracy.ts';
import type { Calibration } from '@studyhall/contract/logits/calibration.ts';
import { addProbabilities, calibrationOfEnsemble } from '@studyhall/contract/logits/ensemble.ts';
import { samplesOf } from '@studyhall/contract/logits/labelled-logits.ts';
import type { Split } from '@studyhall/contract/measures/measure.ts';
import { badInput } from '../errors.ts';
import type { StoredOutputs } from './labelled-logits.ts';
import { checkSameSamples, findLogitsOf, findMembers, type Member } from './members.ts';
import type { Sources } from './sources.ts';
import { inParts, type LogitsFile } from './stored-logits.ts';

export type Averaged = { calibration: Calibration; members: { network: Member; accuracy: number }[]; split: Split };

/** Most members of an ensemble. They are read one after the other, each into the same sums. */
export const mostMembers = 32;

/**
 * What the mean of the probabilities of networks, of any runs, comes to.
 *
 * @throws NOT_FOUND, BAD_INPUT for too few or too many networks, for those that cannot be averaged, or logits that cannot be read.
 */
export async function averageNetworks(sources: Sources, ids: readonly string[], split: Split): Promise<Averaged> {
  if (ids.length === 0 || ids.length > mostMembers)
    throw badInput(`networks has ${ids.length} entries; an ensemble is made of 1 to ${mostMembers}.`);
  const members = await findMembers(sources.db, ids);
  const files = await findLogitsOf(sources, members, split, 'averaged');
  const { logits } = sources;
  return logits.inTurn(async () => {
    const first = files[0] as LogitsFile;
    const one = await logits.read(first);
    const sums = new Float64Array(one.logits.length);
    const accuracies: number[] = [];
    for (const file of files) {
      const outputs = file === first ? one : await logits.read(file);
      checkSameSamples(one, outputs, first, file);
      accuracies.push(await take(outputs, sums));
    }
    return {
      calibration: calibrationOfEnsemble(sums, files.length, one.labels),
      members: members.map((network, i) => ({ network, accuracy: accuracies[i] as number })),
      split,
    };
  });
}

/** Adds a member's probabilities to the sums. @returns its own accuracy. */
async function take(outputs: StoredOutputs, sums: Float64Array): Promise<number> {
  const own = accuracy();
  await inParts(outputs.labels.length, outputs.classes, (from, to) => {
    const part = samplesOf(outputs, from, to);
    addProbabilities(sums, part, from);
    own.add(part);
  });
  return own.figure();
}
