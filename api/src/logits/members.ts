import type { Split } from '@studyhall/contract/measures/measure.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import type { DataSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import type { Db } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import type { Dataset, Network, Run } from '../generated/prisma/client.ts';
import type { StoredOutputs } from './labelled-logits.ts';
import type { Sources } from './sources.ts';
import type { LogitsFile } from './stored-logits.ts';

/** Networks whose outputs are held against each other, of any runs. */
export type Member = Network & { run: Run & { dataset: Dataset } };

/** What is done with them, in words: `averaged`. */
export type Joined = 'averaged' | 'compared';

/** Finds networks by their ids, in that order. @throws NOT_FOUND, BAD_INPUT for one that is named twice. */
export async function findMembers(db: Db, ids: readonly string[]): Promise<Member[]> {
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice !== undefined) throw badInput(`Network "${twice}" is named twice.`);
  const found = await db.network.findMany({ where: { id: { in: [...ids] } }, include: { run: { include: { dataset: true } } } });
  return ids.map((id) => {
    const member = found.find((each) => each.id === id);
    if (!member) throw notFound('network', id);
    return member;
  });
}

/**
 * Finds the logits of networks that saw the same samples.
 *
 * @throws BAD_INPUT if they did not, or if one of them has no logits.
 */
export async function findLogitsOf(
  { db, loaders }: Pick<Sources, 'db' | 'loaders'>,
  members: readonly Member[],
  split: Split,
  joined: Joined,
): Promise<LogitsFile[]> {
  const loader = loaders.logits(split);
  await checkTogether(db, members, split, joined);
  const files = await loader.loadMany(members.map(({ runId, index }) => ({ runId, index })));
  return files.map((file, i) => {
    if (file instanceof Error) throw file;
    if (file) return file;
    const { index, runId } = members[i] as Member;
    throw badInput(
      `Network ${index} of ${runId} has no ${split.toLowerCase()} logits: they are stored when its run has succeeded` +
        `${split === 'VALIDATION' ? ', if it held samples back for validation' : ''}.`,
    );
  });
}

async function checkTogether(db: Db, members: readonly Member[], split: Split, joined: Joined): Promise<void> {
  const [first, ...others] = members;
  if (!first) return;
  for (const other of others) {
    if (other.run.dataset.hash !== first.run.dataset.hash)
      throw badInput(
        `Networks of different datasets cannot be ${joined}: ${named(first)} was trained on ${datasetOf(first)}, ${named(other)} on ${datasetOf(other)}.`,
      );
    const [own, theirs] = [dataOf(first), dataOf(other)];
    if (split === 'VALIDATION' && (own.validationFraction !== theirs.validationFraction || own.splitSeed !== theirs.splitSeed))
      throw badInput(
        `Networks validated on different samples cannot be ${joined}: ${named(first)} has validationFraction ${own.validationFraction} and ` +
          `splitSeed ${own.splitSeed}, ${named(other)} ${theirs.validationFraction} and ${theirs.splitSeed}. Their test split is the same.`,
      );
    if (other.view !== first.view && !(await trainedTogether(db, members)))
      throw badInput(
        `Networks of different views cannot be ${joined} unless they were trained together: ${named(first)} sees ${first.view}, ${named(other)} ${other.view}.`,
      );
  }
}

/** Whether they are of one run, or of a run and of one that teaches in it. */
async function trainedTogether(db: Db, members: readonly Member[]): Promise<boolean> {
  const runs = [...new Set(members.map(({ runId }) => runId))];
  if (runs.length === 1) return true;
  const taught = await db.runTeacher.findFirst({ where: { runId: { in: runs }, teacherRunId: { in: runs } }, select: { runId: true } });
  return runs.length === 2 && taught !== null;
}

/** What was stored says it for itself: files can have come from anywhere. @throws BAD_INPUT */
export function checkSameSamples(one: StoredOutputs, other: StoredOutputs, first: LogitsFile, second: LogitsFile): void {
  const same =
    one.classes === other.classes &&
    equal(one.labels, other.labels) &&
    (one.indices === null || other.indices === null || equal(one.indices, other.indices));
  if (same) return;
  const facts = ({ labels, classes }: StoredOutputs) => `${written(labels.length)} samples of ${written(classes)} classes`;
  throw badInput(
    `${first.of} are not of the same samples as ${lowerFirst(second.of)}: ${facts(one)} against ${facts(other)}, or in another order.`,
  );
}

const equal = (one: Int32Array, other: Int32Array) => one.length === other.length && one.every((value, i) => value === other[i]);

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const named = ({ index, runId }: Member) => `network ${index} of ${runId}`;

const datasetOf = ({ run: { dataset } }: Member) => `${dataset.name} (${dataset.hash.slice(0, 15)}…)`;

const dataOf = ({ run }: Member): DataSettings => (run.spec as unknown as RunSpec).data;
