import { setTimeout as delay } from 'node:timers/promises';
import { ArtifactUnusable } from '../client/artifacts.ts';
import { retryDelay } from '../client/backoff.ts';
import { mayPass, outageReason } from '../client/errors.ts';
import type { Claim } from '../work/claim.ts';
import type { Given } from '../work/kind.ts';
import { kinds } from '../work/kinds.ts';
import { type ArtifactCache, hashOf } from './artifact-cache.ts';
import { isAnswered, isHopeless } from './delivery.ts';
import type { JobFolder } from './job-folder.ts';

/** The checkpoint to go on from cannot be had as it was written; only a start from scratch can. */
export class CheckpointUnusable extends Error {
  override name = 'CheckpointUnusable';
}

/** The files that a job begins with, on this machine and verified. */
export type JobInputs = { checkpoint: Given['checkpoint']; inputs: object };

/**
 * Fetches the checkpoint and whatever else its kind begins with, waiting for an API that is away. A checkpoint that this trainer wrote under the same
 * attempt is newer than the claim's and comes first.
 *
 * @param renewedAt when the lease was last renewed, in `Date.now()`'s milliseconds: then the API was not away
 * @throws CheckpointUnusable; ArtifactUnusable for any other file; ApiRefused; AbortError.
 * @throws ProxyAnswer or NotStudyhall where something before the API lets no file through, and goes on so.
 */
export async function fetchInputs(
  folder: JobFolder,
  cache: ArtifactCache,
  waiting: (reason: string) => void,
  signal: AbortSignal,
  renewedAt: () => number = () => 0,
): Promise<JobInputs> {
  const get = (sha256: string) => getWhenReachable(cache, sha256, waiting, signal, renewedAt);
  const { claim } = folder;
  const inputs = await kinds[claim.kind].inputs(claim, get);
  return { checkpoint: await resumeState(folder, get), inputs };
}

async function resumeState(folder: JobFolder, get: (sha256: string) => Promise<string>): Promise<Given['checkpoint']> {
  const own = folder.newestCheckpoint;
  if (own && (await hashOf(own.file.path)) === own.file.sha256) return { epoch: own.epoch, path: own.file.path };
  const wanted: { epoch: number; sha256: string } | null | undefined = own
    ? { epoch: own.epoch, sha256: own.file.sha256 }
    : folder.claim.checkpoint;
  if (!wanted) return undefined;
  try {
    return { epoch: wanted.epoch, path: await get(wanted.sha256) };
  } catch (error) {
    if (error instanceof ArtifactUnusable)
      throw new CheckpointUnusable(`The checkpoint of epoch ${wanted.epoch} is unusable: ${error.message}`);
    throw error;
  }
}

async function getWhenReachable(
  cache: ArtifactCache,
  sha256: string,
  waiting: (reason: string) => void,
  signal: AbortSignal,
  renewedAt: () => number,
): Promise<string> {
  let failingSince: number | null = null;
  for (let retries = 0; ; retries++) {
    try {
      return await cache.get(sha256);
    } catch (error) {
      if (!mayPass(error)) throw error;
      failingSince = isAnswered(error) ? (failingSince ?? Date.now()) : null;
      if (failingSince !== null && isHopeless(failingSince, renewedAt(), Date.now())) throw error;
      waiting(outageReason(error));
      await delay(retryDelay(retries), undefined, { signal });
    }
  }
}

/** The engine a job asks for, in the engines' own names; null: the trainer's fastest. */
export function wantedEngine({ engine }: Pick<Claim, 'engine'>): string | null {
  return engine === 'AUTO' ? null : engine.toLowerCase().replaceAll('_', '-');
}
