import type { Split } from '@studyhall/contract/measures/measure.ts';
import DataLoader from 'dataloader';
import type { Db } from '../db.ts';
import { ApiError, badInput } from '../errors.ts';
import { findFiles } from '../sql/artifacts.ts';
import type { LogitsFile } from './stored-logits.ts';

export type NetworkKey = { runId: string; index: number };

export type LogitsLoader = DataLoader<NetworkKey, LogitsFile | null, string>;

/** Their files are read in one operation: some megabytes each. */
const mostNetworks = 40;

const kinds = { VALIDATION: 'VALIDATION_LOGITS', TEST: 'TEST_LOGITS' } as const;

/**
 * Finds networks' stored logits; null where there are none. One statement finds the files of all.
 *
 * @throws BAD_INPUT for the training split.
 */
export function logitsLoader(db: Db, split: Split): LogitsLoader {
  if (split === 'TRAIN') throw badInput('split is TRAIN; logits are stored of VALIDATION, for choosing, and of TEST, for a report.');
  return new DataLoader<NetworkKey, LogitsFile | null, string>(
    async (keys) => {
      const files = await findFiles(db, kinds[split], [...new Set(keys.map(({ runId }) => runId))]);
      const found = keys.map(({ runId, index }) => {
        const file = files.find((each) => each.runId === runId && each.network === index);
        return file ? { sha256: file.sha256, of: `The ${split.toLowerCase()} logits of network ${index} of ${runId}` } : null;
      });
      const count = found.filter((file) => file !== null).length;
      if (count > mostNetworks)
        throw new ApiError(
          'TOO_COMPLEX',
          `Figures of the logits of ${count} networks were asked for; at most ${mostNetworks} in one operation.`,
        );
      return found;
    },
    { cacheKeyFn: ({ runId, index }) => `${runId} ${index}` },
  );
}
