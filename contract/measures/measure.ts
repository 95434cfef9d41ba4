import type { AnalysisKind } from '../analysis/kinds.ts';

export const scopes = ['NETWORK', 'COHORT', 'PAIR', 'GROUP'] as const;
/** Of what a figure is: a network; a cohort together, where it is its ensemble's; two networks of a cohort; a group of seeds. */
export type Scope = (typeof scopes)[number];

export const splits = ['TRAIN', 'VALIDATION', 'TEST'] as const;
export type Split = (typeof splits)[number];

export const units = ['FRACTION', 'NATS', 'LOGIT', 'NUMBER'] as const;
export type Unit = (typeof units)[number];

export const directions = ['MORE', 'LESS'] as const;
export type Direction = (typeof directions)[number];

export const formats = ['PERCENT', 'NUMBER'] as const;
/** PERCENT: a fraction, times 100, its differences in points. NUMBER: as it is, with its unit. */
export type Format = (typeof formats)[number];

/** A figure that science asks for, and how it is said. */
export type Measure = {
  /** As the table and GraphQL name it: `entropy`. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** On which it may be measured. */
  readonly splits: readonly Split[];
  readonly unit: Unit;
  /** What a reported value has to lie within, both ends included. */
  readonly bounds: { readonly min: number; readonly max: number };
  /** Which way is better; null where neither is. */
  readonly better: Direction | null;
  /** The typed columns that hold it, where it is not a row of `measurements`. */
  readonly column?: 'accuracy' | 'loss';
  /** The kind of analysis that finds it, where training does not. */
  readonly found?: AnalysisKind;
  /** `Entropy of the outputs`: begins a heading, small letters go on. */
  readonly label: string;
  /** For the head of a column: `Entropy`. */
  readonly shortLabel: string;
  readonly format: Format;
  /** The split on which tables of results show it; absent: they do where they are asked for it. */
  readonly shownOn?: Split;
  /** One sentence: what it is. */
  readonly sentence: string;
};

/** A measure on a split: what a column of a table shows. */
export type Figure = { readonly measure: string; readonly split: Split };
