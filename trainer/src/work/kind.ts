import type { Api } from '../client/api.ts';
import type { LeaseInput } from '../client/generated/graphql.ts';
import type { StoredArtifact, StoredCheckpoint } from '../stored-files.ts';
import type { Claim } from './claim.ts';

/** Gives the path of a file with exactly those bytes, on this machine. */
export type Fetch = (sha256: string) => Promise<string>;

/** What all jobs begin with. */
export type Given = { workDir: string; checkpoint: { epoch: number; path: string } | undefined };

/**
 * What the daemon has to know of a kind of work: how to begin it, and how what it reports is kept and sent. Doing it is another matter
 * (`works.ts`), of a process of its own.
 *
 * @typeParam Part what is reported while the work goes on, beside the checkpoint that covers it
 * @typeParam Result what it comes to, beside its artifacts
 * @typeParam Inputs files that it begins with, beside the checkpoint
 */
export type Kind<Part extends object = object, Result extends object = object, Inputs extends object = object> = {
  /** As in "the training process". */
  readonly doing: string;
  /** What it is about, for the log (`run_1`), and which work on that it is (`seed 3`). */
  subject(claim: Claim): { what: string; which: string };
  /** @throws whatever `fetch` throws */
  inputs(claim: Claim, fetch: Fetch): Promise<Inputs>;
  /** What the work is told. */
  job(claim: Claim, inputs: Inputs, given: Given): object;
  /** How many rows a part counts for; the contract takes so many at once. */
  rows(part: Part): number;
  /** Two parts in one report, the later one's rows in place of the earlier one's. */
  merge(earlier: Part, later: Part): Part;
  /** Sends a part and the checkpoint, whose file is there already. Sending it again does no harm. */
  send(api: Api, lease: LeaseInput, part: Part, checkpoint: StoredCheckpoint | null): Promise<{ cancelRequested: boolean }>;
  /** Sends the result, whose files are there already. */
  finish(api: Api, lease: LeaseInput, result: Result, artifacts: readonly StoredArtifact[]): Promise<void>;
};
