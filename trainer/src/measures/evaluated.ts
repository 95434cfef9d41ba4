import type { Split } from '@studyhall/contract/measures/measure.ts';
import type { CohortScores } from '../training/scores.ts';

/** What a cohort's networks said of the samples of a split, and how they did there. */
export type Part = {
  /** Per network: [samples, classes]. */
  readonly logits: readonly Float32Array[];
  readonly labels: Int32Array;
  readonly scores: CohortScores;
};

/** What measures are computed from. Splits that are absent were not evaluated. */
export type Evaluated = {
  readonly parts: { readonly [S in Split]?: Part | null };
  /** The probe: fixed training images, in evaluation mode; absent where it was not looked at. */
  readonly probe?: Part | null;
  readonly classes: number;
  /** Classes that were withheld from the cohort's training. */
  readonly withheld: readonly number[];
  /** Whether these networks saw them nevertheless: teachers did. */
  readonly sawAll: boolean;
};
