import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../client/api.ts';
import { uploadArtifact } from '../client/artifacts.ts';
import { retryDelay } from '../client/backoff.ts';
import { ApiUnreachable, mayPass, NotStudyhall, outageReason, TooLargeForProxy } from '../client/errors.ts';
import { FailJobDocument, HandBackJobDocument, type LeaseInput, ReportLogDocument } from '../client/generated/graphql.ts';
import type { Kind } from '../work/kind.ts';
import { kinds } from '../work/kinds.ts';
import { type Batch, nextBatch } from './batch.ts';
import type { JobFolder } from './job-folder.ts';
import type { CommitReport, FinalReport } from './reports.ts';

const LONGEST_LINE = 4000;
/** Of a batch; smaller, none holds more than one report. */
const SMALLEST_SHARE = 1 / 2048;
const GIVE_UP_AFTER_MS = 120_000;

export type DeliveryEvents = {
  /** The API asked for the job to be cancelled. */
  cancelRequested(): void;
  /** Reports wait because nobody answers, or no longer do. */
  waiting(reason: string | null): void;
  /** When the lease was last renewed, in `Date.now()`'s milliseconds. */
  renewedAt(): number;
};

/**
 * Sends an outbox's reports in order until the one that ends the attempt is delivered, waiting for an API that is away.
 *
 * @throws ApiRefused when the API does not take a report: `LEASE_LOST`, or a report it holds for wrong.
 * @throws ProxyAnswer, NotStudyhall, TooLargeForProxy when something before the API lets no such report through, and goes on so.
 * @throws AbortError when `signal` is aborted; what was not sent stays in the outbox.
 */
export async function deliver(api: Api, folder: JobFolder, events: DeliveryEvents, signal: AbortSignal): Promise<void> {
  const { lease, outbox, claim } = folder;
  const kind = kinds[claim.kind];
  let retries = 0;
  let failingSince: number | null = null;
  let share = 1;
  for (;;) {
    signal.throwIfAborted();
    await folder.dropSuperseded();
    const batch = nextBatch(kind, outbox.pending, share);
    if (!batch) {
      await outbox.changed(signal);
      continue;
    }
    try {
      await sendBatch(api, kind, lease, batch, events);
    } catch (error) {
      if (error instanceof TooLargeForProxy && error.divisible && share > SMALLEST_SHARE) {
        share /= 2;
        continue;
      }
      if (!mayPass(error)) throw error;
      failingSince = isAnswered(error) ? (failingSince ?? Date.now()) : null;
      if (failingSince !== null && isHopeless(failingSince, events.renewedAt(), Date.now())) throw error;
      events.waiting(outageReason(error));
      await delay(retryDelay(retries++), undefined, { signal });
      continue;
    }
    retries = 0;
    failingSince = null;
    events.waiting(null);
    await outbox.markSent(batch.through);
    if (batch.final) return;
  }
}

/** Whether somebody answered, if not as wanted; an address where nobody does is an outage, which may last. */
export function isAnswered(error: Error): boolean {
  return error instanceof NotStudyhall || (error instanceof ApiUnreachable && error.answered);
}

/**
 * A report that the API has failed on for two minutes, while it renewed the lease a minute in: it is at fault with this report, not away
 * or without its database, and waiting longer would only hide that.
 */
export function isHopeless(failingSince: number, renewedAt: number, now: number): boolean {
  return now - failingSince > GIVE_UP_AFTER_MS && renewedAt - failingSince > GIVE_UP_AFTER_MS / 2;
}

async function sendBatch(api: Api, kind: Kind, lease: LeaseInput, batch: Batch, events: DeliveryEvents): Promise<void> {
  if (batch.lines.length > 0) {
    const lines = batch.lines.map(({ seq, report: { at, level, text } }) => ({ key: seq, at, level, text: text.slice(0, LONGEST_LINE) }));
    await api.request(ReportLogDocument, { input: { lease, lines } });
  }
  if (batch.commit) await sendCommit(api, kind, lease, batch.commit, events);
  if (batch.final) await sendFinal(api, kind, lease, batch.final);
}

async function sendCommit(api: Api, kind: Kind, lease: LeaseInput, commit: CommitReport, events: DeliveryEvents): Promise<void> {
  const { checkpoint } = commit;
  if (checkpoint) await uploadArtifact(api.address, checkpoint.file);
  const { cancelRequested } = await kind.send(api, lease, commit, checkpoint);
  if (cancelRequested) events.cancelRequested();
}

async function sendFinal(api: Api, kind: Kind, lease: LeaseInput, report: FinalReport): Promise<void> {
  if (report.kind === 'fail') {
    const { error, cancelled, permanent, discardCheckpoint } = report;
    await api.request(FailJobDocument, { input: { lease, error, cancelled, permanent, discardCheckpoint } });
  } else if (report.kind === 'handBack') {
    await api.request(HandBackJobDocument, { input: { lease, reason: report.reason } });
  } else {
    for (const { file } of report.artifacts) await uploadArtifact(api.address, file);
    await kind.finish(api, lease, report, report.artifacts);
  }
}
