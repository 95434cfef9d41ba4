import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import type { BatchReader } from '../data/batches.ts';
import type { Split } from '../data/split.ts';
import type { Engine } from '../engine/engine.ts';
import type { Method } from '../methods/method.ts';
import type { PhaseState } from './checkpoint.ts';
import type { FrozenMember, Member } from './cohort.ts';
import type { CohortRow, EpochRow, Progress } from './events.ts';

/** What all phases of a run share. */
export type PhaseContext = {
  readonly spec: RunSpec;
  readonly seed: number;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly split: Split;
  readonly trainReader: BatchReader;
  readonly validationLabels: Int32Array;
  /** Of the whole official training split. */
  readonly trainLabels: Int32Array;
  /** How many there are. */
  readonly classes: number;
};

export type PhasePlan = {
  readonly name: 'teacher' | 'cohort';
  readonly members: readonly Member[];
  readonly teachers: readonly FrozenMember[];
  readonly method: Method;
  readonly epochs: number;
  /** The samples it trains on, indices into the official training split. */
  readonly samples: Int32Array;
};

/** What a phase tells whoever runs it. */
export interface PhaseListener {
  progress(progress: Progress): void;
  inform(text: string): void;
  warn(text: string): void;
  /** After every epoch; `snapshot` gives the state to store. */
  epoch(rows: EpochRow[], cohort: CohortRow | null, snapshot: () => Promise<PhaseState>): Promise<void>;
  /** Once asked to stop, after the batch under way. */
  stopped(snapshot: () => Promise<PhaseState>): Promise<void>;
}
