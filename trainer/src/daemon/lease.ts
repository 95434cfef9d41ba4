import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../client/api.ts';
import { retryDelay } from '../client/backoff.ts';
import { mayPass } from '../client/errors.ts';
import { type LeaseInput, RenewLeaseDocument } from '../client/generated/graphql.ts';
import type { Progress } from '../work/work.ts';

/**
 * Renews a lease every `renewSeconds`, with the newest progress, until aborted. An API that does not answer is no reason to stop: the
 * lease can be renewed for as long as nobody took it away.
 *
 * @throws ApiRefused with `LEASE_LOST` when somebody did.
 */
export async function keepLease(
  api: Api,
  lease: LeaseInput,
  renewSeconds: number,
  progress: () => Progress | null,
  renewed: (cancelRequested: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await delay(renewSeconds * 1000, undefined, { signal });
    const cancelRequested = await renewLease(api, lease, progress(), renewSeconds * 1000);
    if (cancelRequested !== null) renewed(cancelRequested);
  }
}

/**
 * Asks whether an attempt still holds its lease, until somebody answers.
 *
 * @throws ApiRefused with `LEASE_LOST` when it does not; AbortError.
 */
export async function confirmLease(api: Api, lease: LeaseInput, signal: AbortSignal): Promise<void> {
  for (let retries = 0; ; retries++) {
    try {
      await api.request(RenewLeaseDocument, { input: { lease } });
      return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      await delay(retryDelay(retries), undefined, { signal });
    }
  }
}

/** Renews once; whether the job is to be cancelled, or null if nobody answered. */
async function renewLease(api: Api, lease: LeaseInput, progress: Progress | null, timeoutMs: number): Promise<boolean | null> {
  try {
    const answer = await api.request(RenewLeaseDocument, { input: { lease, progress } }, timeoutMs);
    return answer.renewLease.cancelRequested;
  } catch (error) {
    if (mayPass(error)) return null;
    throw error;
  }
}
