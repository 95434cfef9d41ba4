import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { newId } from '../ids.ts';
import { type AnnouncedDataset, upsertDatasets } from '../sql/datasets.ts';
import { touchTrainer } from '../sql/trainers.ts';
import { checkHolder } from './holder.ts';

export type AnnouncedBenchmark = {
  engine: string;
  model: string;
  batchSize: number;
  stepMs: number;
  compileMs: number;
  measuredAt: Date;
};

export type Registration = {
  key: string;
  home?: string | null | undefined;
  name: string;
  host: string;
  engines: readonly string[];
  device: string;
  slots: number;
  version: string;
  datasets: readonly AnnouncedDataset[];
  benchmarks: readonly AnnouncedBenchmark[];
};

const knownEngines = ['compiled-cuda', 'compiled-webgpu', 'compiled-cpu', 'reference'];

/**
 * Makes a trainer, or brings one that is known (by its key) up to date, with the datasets it holds now.
 *
 * @returns the trainer's id.
 */
export async function registerTrainer(tx: Tx, registration: Registration): Promise<string> {
  const { key, datasets, benchmarks, ...facts } = registration;
  check(registration);
  await checkHolder(tx, key, registration.home);
  const measured = benchmarks.map((own) => ({ ...own, measuredAt: own.measuredAt.toISOString() }));
  const data = { ...facts, engines: [...facts.engines], benchmarks: measured, stopping: false, left: false };
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

function check({ key, name, engines, slots, datasets, benchmarks }: Registration): void {
  if (key.length < 8 || key.length > 200) throw badInput('key has to have 8 to 200 characters.');
  if (!name.trim() || name.length > 100) throw badInput('name has to have 1 to 100 characters.');
  if (!(slots >= 1 && slots <= 64)) throw badInput(`slots is ${slots}; it has to be from 1 to 64.`);
  if (engines.length === 0) throw badInput(`engines is empty; name at least one of ${knownEngines.join(', ')}.`);
  if (datasets.length > 200) throw badInput(`datasets has ${datasets.length} entries; at most 200.`);
  for (const [i, dataset] of datasets.entries()) checkDataset(`datasets.${i}`, dataset);
  if (benchmarks.length > 40) throw badInput(`benchmarks has ${benchmarks.length} entries; at most 40.`);
  for (const [i, benchmark] of benchmarks.entries()) checkBenchmark(`benchmarks.${i}`, benchmark);
}

function checkBenchmark(path: string, { engine, model, batchSize, stepMs, compileMs }: AnnouncedBenchmark): void {
  if (!knownEngines.includes(engine)) throw badInput(`${path}.engine is "${engine}"; there are ${knownEngines.join(', ')}.`);
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(model)) throw badInput(`${path}.model is "${model}", which no model is called.`);
  if (batchSize < 1) throw badInput(`${path}.batchSize is ${batchSize}; it has to be positive.`);
  if (!(stepMs > 0) || !(compileMs >= 0)) throw badInput(`${path}: stepMs has to be positive, compileMs cannot be negative.`);
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
