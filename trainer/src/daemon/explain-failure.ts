import { EngineError } from '../engine/engine-error.ts';
import { WorkError } from '../work-failure.ts';
import { explainFullDisk } from './durable.ts';
import { outOfMemory } from './exit-reason.ts';
import type { ChildReport } from './messages.ts';

export type ExplainedFailure = {
  /** For whoever reads the run's page: what went wrong, and what helps. */
  report: Extract<ChildReport, { type: 'failed' }>;
  /** For whoever has to find the fault: where it came from; null for what the work foresaw, which speaks for itself. */
  stack: string | null;
};

/**
 * Says what an error that ended a job's work means.
 *
 * @param doing what was done, such as `training`
 * @param workDir names the disk that may have been full
 */
export function explainFailure(error: unknown, doing: string, workDir: string): ExplainedFailure {
  const foreseen = error instanceof WorkError || error instanceof EngineError;
  const message = messageOf(error, foreseen, doing);
  const advice = explainFullDisk(error, workDir) ?? outOfMemory(message);
  return {
    report: {
      type: 'failed',
      error: advice ? `${message}\n${advice}` : message,
      permanent: error instanceof WorkError && error.permanent,
      discardCheckpoint: error instanceof WorkError && error.discardCheckpoint,
    },
    stack: error instanceof Error && !foreseen ? (error.stack ?? null) : null,
  };
}

function messageOf(error: unknown, foreseen: boolean, doing: string): string {
  const said = error instanceof Error ? error.message || error.name : String(error);
  return foreseen ? said : `Internal error while ${doing}: ${said}`;
}
