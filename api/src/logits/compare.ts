import { type Comparison, comparison } from '@studyhall/contract/logits/comparison.ts';
import { samplesOf } from '@studyhall/contract/logits/labelled-logits.ts';
import type { Split } from '@studyhall/contract/measures/measure.ts';
import { checkSameSamples, findLogitsOf, findMembers, type Member } from './members.ts';
import type { Sources } from './sources.ts';
import { inParts, type LogitsFile } from './stored-logits.ts';

export type Compared = Comparison & { a: Member; b: Member; split: Split };

/**
 * How alike the outputs of two networks are, of any runs.
 *
 * @throws NOT_FOUND, BAD_INPUT for networks that cannot be compared, or logits that cannot be read.
 */
export async function compareNetworks(sources: Sources, a: string, b: string, split: Split): Promise<Compared> {
  const members = (await findMembers(sources.db, [a, b])) as [Member, Member];
  const [first, second] = (await findLogitsOf(sources, members, split, 'compared')) as [LogitsFile, LogitsFile];
  const { logits } = sources;
  return logits.inTurn(async () => {
    const one = await logits.read(first);
    const other = await logits.read(second);
    checkSameSamples(one, other, first, second);
    const tally = comparison(one.classes);
    await inParts(one.labels.length, one.classes * 2, (from, to) => tally.add([samplesOf(one, from, to), samplesOf(other, from, to)]));
    return { ...tally.figure(), a: members[0], b: members[1], split };
  });
}
