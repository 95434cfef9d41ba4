import { readFile } from 'node:fs/promises';
import DataLoader from 'dataloader';
import { readTensors } from '../artifacts/read-tensors.ts';
import type { ArtifactStore } from '../artifacts/store.ts';
import type { Db } from '../db.ts';
import { ApiError } from '../errors.ts';
import { findFiles } from '../sql/artifacts.ts';

/** What a network said of each sample: logits [samples, classes] and the samples' classes. */
export type LabelledLogits = { logits: Float32Array; labels: Int32Array; classes: number };

export type NetworkKey = { runId: string; index: number };

/** Their files are read in one operation: some megabytes each. */
const mostNetworks = 40;

export type ValidationLogitsLoader = DataLoader<NetworkKey, LabelledLogits | null, string>;

/** Reads networks' stored validation logits; null where there are none. One statement finds the files of all. */
export function validationLogitsLoader(db: Db, store: ArtifactStore): ValidationLogitsLoader {
  return new DataLoader<NetworkKey, LabelledLogits | null, string>(
    async (keys) => {
      const runIds = keys.map(({ runId }) => runId);
      const files = await findFiles(db, 'VALIDATION_LOGITS', runIds);
      if (files.length > mostNetworks)
        throw new ApiError(
          'TOO_COMPLEX',
          `softLabels of ${files.length} networks were asked for; at most ${mostNetworks} in one operation.`,
        );
      const read: (LabelledLogits | Error | null)[] = [];
      for (const { runId, index } of keys) {
        const file = files.find((found) => found.runId === runId && found.network === index);
        read.push(file ? await readLogits(store, file.sha256) : null);
      }
      return read;
    },
    { cacheKeyFn: ({ runId, index }) => `${runId} ${index}` },
  );
}

async function readLogits(store: ArtifactStore, sha256: string): Promise<LabelledLogits | Error | null> {
  if ((await store.size(sha256)) === undefined) return null;
  try {
    return labelledLogits(await readFile(store.pathOf(sha256)));
  } catch (error) {
    return new ApiError('BAD_INPUT', `The stored logits ${sha256} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** @throws Error if the file does not hold logits and labels that go together. */
export function labelledLogits(bytes: Buffer): LabelledLogits {
  const { logits, labels } = readTensors(bytes);
  if (!(logits?.values instanceof Float32Array) || !(labels?.values instanceof Int32Array))
    throw new Error('It holds no logits and labels.');
  const [samples, classes] = logits.shape;
  if (logits.shape.length !== 2 || samples === undefined || classes === undefined || samples !== labels.values.length)
    throw new Error(`Logits of shape ${logits.shape} do not go with ${labels.values.length} labels.`);
  if (labels.values.some((label) => label < 0 || label >= classes)) throw new Error(`It holds labels beyond its ${classes} classes.`);
  // Those of a run that ended before this was looked at: their soft labels would be no numbers.
  if (!logits.values.every(Number.isFinite)) throw new Error('It holds logits that are not finite.');
  return { logits: logits.values, labels: labels.values, classes };
}
