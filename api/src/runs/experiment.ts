import { written } from '@studyhall/contract/settings/written.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput, notFound } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { newId } from '../ids.ts';
import { lockExperimentTexts } from '../sql/texts.ts';
import { checkSeen } from './seen.ts';

export type NewExperiment = { title: string; slug?: string | null | undefined; note: string; createdBy: string };

/**
 * Makes an experiment; without a slug one is made from the title.
 *
 * @returns its id.
 * @throws CONFLICT if the slug that was asked for is taken.
 */
export async function createExperiment(tx: Tx, { title, slug, note, createdBy }: NewExperiment): Promise<string> {
  const clean = checkTitle(title);
  checkNote(note);
  if (slug != null && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw badInput(`slug is "${slug}"; lower-case letters and digits, words joined by "-", are allowed.`);
  const free = slug ?? (await freeSlug(tx, clean));
  if (free.length > 80) throw badInput('slug has to have at most 80 characters.');
  // One that was found free may be taken meanwhile: then the transaction is run again, and finds the next.
  if (slug != null && (await tx.experiment.findUnique({ where: { slug } })))
    throw new ApiError('CONFLICT', `There is an experiment "${free}" already.`);
  const { id } = await tx.experiment.create({ data: { id: newId('Experiment'), slug: free, title: clean, note, createdBy } });
  await announce(tx, [['experiment', id]]);
  return id;
}

/** The experiment that runs are to join: the id of one there is, one to be made, or null for none. */
export type Joined = string | NewExperiment | null;

/** @throws BAD_INPUT for both, an experiment there is and the title of a new one. */
export function readJoined(experimentId: string | null | undefined, newTitle: string | null | undefined, createdBy: string): Joined {
  if (newTitle == null) return experimentId ?? null;
  if (experimentId != null) throw badInput('Runs join one experiment: give either experimentId or newExperiment.');
  return { title: newTitle, note: '', createdBy };
}

/** Makes the experiment that is new. @returns the id of the one that runs are to join; null for none. */
export const makeJoined = async (tx: Tx, joined: Joined): Promise<string | null> =>
  joined === null || typeof joined === 'string' ? joined : createExperiment(tx, joined);

export type ExperimentChanges = {
  title?: string | null | undefined;
  note?: string | null | undefined;
  archived?: boolean | null | undefined;
};

/**
 * Changes what is given, leaves the rest.
 *
 * @param before its texts as the writer has read them
 * @throws CONFLICT if somebody else has changed one that is given since then.
 */
export async function updateExperiment(
  tx: Tx,
  id: string,
  { title, note, archived }: ExperimentChanges,
  before: Pick<ExperimentChanges, 'title' | 'note'> = {},
): Promise<void> {
  const now = await lockExperimentTexts(tx, id);
  if (!now) throw notFound('experiment', id);
  checkSeen(now, before, { title: title?.trim(), note });
  await tx.experiment.update({
    where: { id },
    data: {
      ...(title == null ? {} : { title: checkTitle(title) }),
      ...(note == null ? {} : { note: checkNote(note) }),
      ...(archived == null ? {} : { archivedAt: archived ? new Date() : null }),
    },
  });
  await announce(tx, [['experiment', id]]);
}

async function freeSlug(tx: Tx, title: string): Promise<string> {
  const base =
    title
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'experiment';
  const taken = new Set((await tx.experiment.findMany({ where: { slug: { startsWith: base } } })).map(({ slug }) => slug));
  if (!taken.has(base)) return base;
  for (let i = 2; ; i += 1) if (!taken.has(`${base}-${i}`)) return `${base}-${i}`;
}

/** @throws BAD_INPUT: 1 to 200 characters. @returns it without spaces around it. */
export function checkTitle(title: string): string {
  const clean = title.trim();
  if (!clean || clean.length > 200) throw badInput('title has to have 1 to 200 characters.');
  return clean;
}

function checkNote(note: string): string {
  if (note.length > 20_000) throw badInput(`note has ${written(note.length)} characters; at most 20,000.`);
  return note;
}
