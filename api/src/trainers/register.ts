import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { newId } from '../ids.ts';
import { type AnnouncedDataset, upsertDatasets } from '../sql/datasets.ts';
import { touchTrainer } from '../sql/trainers.ts';

export type Registration = {
  key: string;
  name: string;
  host: string;
  engines: readonly string[];
  device: string;
  slots: number;
  version: string;
  datasets: readonly AnnouncedDataset[];
};

const knownEngines = ['compiled-cuda', 'compiled-webgpu', 'compiled-cpu', 'reference'];

/**
 * Makes a trainer, or brings one that is known (by its key) up to date, with the datasets it holds now.
 *
 * @returns the trainer's id.
 */
export async function registerTrainer(tx: Tx, registration: Registration): Promise<string> {
  const { key, datasets, ...facts } = registration;
  check(registration);
  const data = { ...facts, engines: [...facts.engines], stopping: false, left: false };
  const { id } = await tx.trainer.upsert({
    where: { key },
    create: { id: newId('Trainer'), key, ...data },
    update: data,
    select: { id: true },
  });
  await touchTrainer(tx, id);
  const held = await upsertDatasets(tx, datasets);
  await tx.trainerDataset.deleteMany({ where: { trainerId: id, datasetId: { notIn: held } } });
  await tx.trainerDataset.createMany({ data: held.map((datasetId) => ({ trainerId: id, datasetId })), skipDuplicates: true });
  await announce(tx, [['trainers', id], ...held.map((datasetId) => ['work', datasetId] as const)]);
  return id;
}

function check({ key, name, engines, slots, datasets }: Registration): void {
  if (key.length < 8 || key.length > 200) throw badInput('key has to have 8 to 200 characters.');
  if (!name.trim() || name.length > 100) throw badInput('name has to have 1 to 100 characters.');
  if (!(slots >= 1 && slots <= 64)) throw badInput(`slots is ${slots}; it has to be from 1 to 64.`);
  if (engines.length === 0) throw badInput(`engines is empty; name at least one of ${knownEngines.join(', ')}.`);
  if (datasets.length > 200) throw badInput(`datasets has ${datasets.length} entries; at most 200.`);
  for (const [i, dataset] of datasets.entries()) checkDataset(`datasets.${i}`, dataset);
}

function checkDataset(path: string, { name, hash, views, classes, trainSize, testSize }: AnnouncedDataset): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name))
    throw badInput(`${path}.name is "${name}"; lower-case letters, digits, ".", "_" and "-" are allowed.`);
  if (!/^sha256:[0-9a-f]{64}$/.test(hash)) throw badInput(`${path}.hash is "${hash}"; it has to be "sha256:" and 64 hexadecimal digits.`);
  if (views.length === 0 || views.some(({ shape }) => shape.length === 0 || shape.some((size) => size < 1)))
    throw badInput(`${path}.views: every dataset needs a view, and every view a shape of positive sizes.`);
  if (classes.length < 2) throw badInput(`${path}.classes has ${classes.length} entries; at least 2.`);
  if (trainSize < 1 || testSize < 0) throw badInput(`${path}: trainSize has to be positive, testSize cannot be negative.`);
}
