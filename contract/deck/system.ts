/** One system of the deck: a row of its table, with the presets that put its claim to the test. */
export type System = {
  /** Row of the table of systems. */
  readonly row: number;
  readonly slug: string;
  readonly title: string;
  /** What the slide claims. */
  readonly claim: string;
  /** What it is, exactly. */
  readonly summary: string;
  /** TeX. */
  readonly formula: string;
  readonly figure: Figure;
  /** What is known, and must be said beside any result. */
  readonly notes: readonly string[];
  /** What others measured, never mixed with our own runs. */
  readonly references: readonly Reference[];
  readonly presets: readonly Preset[];
};

export const figures = [
  'TEACHER_STUDENT',
  'SOFT_LABELS',
  'MUTUAL_PAIR',
  'UPDATE_ORDER',
  'MIXED_PAIRS',
  'CURVES',
  'SEMI_SUPERVISED',
  'CROSS_MODAL',
  'COHORT_PAIRWISE',
  'COHORT_ENSEMBLE',
  'COHORT_SIZE',
  'CONFIDENCE_PENALTY',
  'FEATURES_LAST',
  'FEATURES_MIDDLE',
] as const;
export type Figure = (typeof figures)[number];

export type Reference = {
  readonly citation: string;
  readonly url: string | null;
  readonly setting: string;
  readonly rows: readonly ReferenceRow[];
};

/** Top-1 accuracy in %, as printed there. */
export type ReferenceRow = { readonly label: string; readonly baseline: string | null; readonly result: string };

export const scales = ['TINY', 'SMALL', 'PAPER'] as const;
export type Scale = (typeof scales)[number];

export type Preset = {
  readonly scale: Scale;
  readonly dataset: string;
  /** About how long it takes, in words. */
  readonly duration: string;
  readonly groups: readonly Group[];
  readonly plot: Plot;
  /** What is drawn over epochs beside it. */
  readonly curves: readonly Metric[];
  readonly contrasts: readonly Contrast[];
  /** QuestionInput, defaults left out: what is asked of the students of each of its runs. */
  readonly questions: readonly object[];
  /** What is asked, seed by seed, of networks of several groups at once. */
  readonly together: readonly Together[];
};

/** A network of a group. */
export type Place = { readonly group: string; readonly network: number };

/** A question (QuestionInput, defaults left out) about networks of several groups, of one seed each time; asked once all of them are trained. */
export type Together = { readonly question: object; readonly networks: readonly Place[]; readonly reference: Place | null };

/** Runs that differ by seed alone. A group that teaches another of its preset stands before it. */
export type Group = {
  readonly key: string;
  readonly title: string;
  /** RunSpecInput, defaults left out. A teacher that is a group of the same preset: `{ group: { groupKey: 'preset:KEY', network } }`. */
  readonly spec: Spec;
  readonly seeds: readonly number[];
  /** Its place on the plot's axis, and the line it belongs to. */
  readonly x: number | null;
  readonly series: string | null;
};

export type Spec = {
  readonly dataset: string;
  readonly data?: object;
  readonly networks: readonly { readonly model: string; readonly view?: string; readonly dropout?: number }[];
  readonly method: object;
  readonly training?: object;
};

export const metrics = [
  'VALIDATION_ACCURACY',
  'TEST_ACCURACY',
  'VALIDATION_ENTROPY',
  'TEST_ENTROPY',
  'PROBE_ENTROPY',
  'WITHHELD_ACCURACY',
  'CORRECTED_WITHHELD_ACCURACY',
  'TEST_GAP',
  'HALFWAY_SIGMA',
  'RELATIVE_HALFWAY_SIGMA',
  'ADAPTIVE_SHARPNESS',
  'ALIGNED_DISTANCE',
  'CKA',
  'EQUIVALENT_TEMPERATURE',
  'EARLY_TEMPERATURE',
  'NEIGHBOUR_PURITY',
] as const;
export type Metric = (typeof metrics)[number];

export const plotKinds = ['BARS', 'CURVES', 'SWEEP', 'SOFT_LABELS', 'ANALYSES'] as const;

export type Plot = {
  readonly kind: (typeof plotKinds)[number];
  readonly metric: Metric;
  /** What `x` of the groups is, for a SWEEP. */
  readonly xLabel: string | null;
  /** Whether it is read better on a logarithmic axis. */
  readonly xLogarithmic: boolean;
  /** Networks of each group that are drawn: indices; null for the ensemble. Empty: all. */
  readonly members: readonly (number | null)[];
};

/** One side of a comparison: a network of a group, or its ensemble (null). `name` goes into the sentence. */
export type Side = { readonly group: string; readonly network: number | null; readonly name: string };

/** What is compared, over the seeds that both sides have. */
export type Contrast = {
  readonly of: Side;
  readonly against: Side;
  readonly metric: Metric;
  /** Of the other side, where it is another: a figure against an earlier one. */
  readonly againstMetric?: Metric;
  /** What the slide says of the difference; null if it says nothing. */
  readonly expected: 'MORE' | 'LESS' | null;
};

/** How a spec names a teacher that is a group of the same preset. */
export const presetTeacher = 'preset:';
