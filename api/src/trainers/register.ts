import { engineNames, isEngine } from '@studyhall/contract/fleet/engines.ts';
import { bindMachine } from '../access/bound-machine.ts';
import { requireValid } from '../access/token-end.ts';
import type { Tx } from '../db.ts';
import { ApiError, badInput } from '../errors.ts';
import { announce } from '../events/topics.ts';
import { newId } from '../ids.ts';
import type { AnnouncedDataset } from '../sql/datasets.ts';
import { countTrainers, forgetLongestGone, touchTrainer } from '../sql/trainers.ts';
import { checkContract } from './check-contract.ts';
import { checkHolder } from './holder.ts';
import { type LeftOut, offerDatasets } from './offer-datasets.ts';

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
  contract?: number;
  ephemeral?: boolean;
  datasets: readonly AnnouncedDataset[];
  leftOut: readonly LeftOut[];
  benchmarks: readonly AnnouncedBenchmark[];
};

/** Most trainers of one token, those included that have left: a fleet whose machines come and go makes new ones all the time. */
const maxTrainers = 500;

/**
 * Makes a trainer, or brings one that is known (by its key) up to date, with the datasets it holds now. From then on it belongs to the
 * token that registered it.
 *
 * @returns the trainer's id.
 * @throws BAD_INPUT; FORBIDDEN for another machine than its token is bound to; OUTDATED for a contract that is too old; CONFLICT if the token has too many trainers already.
 */
export async function registerTrainer(tx: Tx, registration: Registration, tokenId: string): Promise<string> {
  const { key, datasets, leftOut: unusable, benchmarks, contract = 1, ...facts } = registration;
  checkContract(contract);
  check(registration);
  await requireValid(tx, tokenId);
  await bindMachine(tx, tokenId, registration.host);
  await checkHolder(tx, key, registration.home);
  if (!(await tx.trainer.findUnique({ where: { key }, select: { id: true } }))) await makeRoom(tx, tokenId);
  const { held, leftOut } = await offerDatasets(tx, datasets, unusable);
  const measured = benchmarks.map((own) => ({ ...own, measuredAt: own.measuredAt.toISOString() }));
  // Of a newer trainer's engines, those that this API does not know are not claimed for.
  const engines = facts.engines.filter(isEngine);
  const data = { ...facts, engines, benchmarks: measured, leftOut, tokenId, stopping: false, left: false };
  const { id } = await tx.trainer.upsert({
    where: { key },
    create: { id: newId('Trainer'), key, ...data },
    update: data,
    select: { id: true },
  });
  await touchTrainer(tx, id, tokenId);
  await tx.trainerDataset.deleteMany({ where: { trainerId: id, datasetId: { notIn: held } } });
  await tx.trainerDataset.createMany({ data: held.map((datasetId) => ({ trainerId: id, datasetId })), skipDuplicates: true });
  await announce(tx, [['trainers', id], ...held.map((datasetId) => ['work', datasetId] as const)]);
  return id;
}

async function makeRoom(tx: Tx, tokenId: string): Promise<void> {
  const surplus = (await countTrainers(tx, tokenId)) + 1 - maxTrainers;
  if (surplus <= 0 || (await forgetLongestGone(tx, tokenId, surplus)) === surplus) return;
  throw new ApiError('CONFLICT', `This token has ${maxTrainers} trainers at work, as many as one may have: use another token.`);
}

function check({ key, name, engines, benchmarks }: Registration): void {
  if (key.length < 8 || key.length > 200) throw badInput('key has to have 8 to 200 characters.');
  if (!name.trim() || name.length > 100) throw badInput('name has to have 1 to 100 characters.');
  if (!engines.some(isEngine)) throw badInput(`engines names none that is known here: name at least one of ${engineNames.join(', ')}.`);
  if (benchmarks.length > 40) throw badInput(`benchmarks has ${benchmarks.length} entries; at most 40.`);
  for (const [i, benchmark] of benchmarks.entries()) checkBenchmark(`benchmarks.${i}`, benchmark);
}

function checkBenchmark(path: string, { engine, model }: AnnouncedBenchmark): void {
  if (!isEngine(engine)) throw badInput(`${path}.engine is "${engine.slice(0, 80)}"; there are ${engineNames.join(', ')}.`);
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(model))
    throw badInput(`${path}.model is "${model.slice(0, 80)}", which is not a valid model name.`);
}
