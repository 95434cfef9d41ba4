import type { Split } from '../measures/measure.ts';

/** A figure of a network, or of two: each by its place among those that were asked about. `low`, `high`: ends of its 95 % interval. */
export type AnalysisFigure = {
  readonly measure: string;
  readonly split: Split;
  readonly network: number;
  readonly other: number | null;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** Absent values are null: there is nothing to draw at that place. */
export type AnalysisLine = {
  readonly label: string;
  /** By its place; null where the line is of no one network. */
  readonly network: number | null;
  readonly split: Split | null;
  /** One for each value of the chart's x. */
  readonly values: readonly (number | null)[];
  /** Ends of the band around them; null without one. */
  readonly low: readonly (number | null)[] | null;
  readonly high: readonly (number | null)[] | null;
};

export type AnalysisChart = {
  readonly key: string;
  readonly title: string;
  /** `names`: what stands at each value where it is no number but a place in a row, of layers say. */
  readonly x: {
    readonly label: string;
    readonly logarithmic: boolean;
    readonly values: readonly number[];
    readonly names?: readonly string[] | null;
  };
  /** `percent`: fractions, shown times 100. */
  readonly y: { readonly label: string; readonly percent: boolean };
  readonly lines: readonly AnalysisLine[];
};

export type AnalysisTable = {
  readonly key: string;
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly percent: boolean }[];
  readonly rows: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
};

/** Points in the plane, one of each list. `sample`: index in its split; `label`: its class. */
export type AnalysisMap = {
  readonly key: string;
  readonly title: string;
  readonly split: Split;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly network: readonly number[];
  readonly sample: readonly number[];
  readonly label: readonly number[];
  /** Small pictures of the samples, for whoever points at one; absent where they are no pictures. */
  readonly pictures?: AnalysisPictures | null;
};

/** Pictures of equal extent, one after the other: base64 of height × width × 3 bytes (red, green, blue) each. */
export type AnalysisPictures = {
  readonly width: number;
  readonly height: number;
  /** Index of each in the map's split. */
  readonly samples: readonly number[];
  readonly data: string;
};

/** What an analysis came to. `notes`: what has to be said beside it, one sentence each. */
export type AnalysisResult = {
  readonly figures: readonly AnalysisFigure[];
  readonly charts: readonly AnalysisChart[];
  readonly tables: readonly AnalysisTable[];
  readonly maps: readonly AnalysisMap[];
  readonly notes: readonly string[];
};

/** Longest result as JSON, in characters: what a page can draw. */
export const longestResult = 2_000_000;
