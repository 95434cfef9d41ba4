import type { Bench } from './bench.ts';
import type { Contrast, Group, Metric, Plot, Preset, Side, Together } from './system.ts';

export const preset = (
  bench: Bench,
  duration: string,
  groups: readonly Group[],
  plot: Plot,
  contrasts: readonly Contrast[],
  questions: readonly object[] = [],
  together: readonly Together[] = [],
): Preset => ({
  scale: bench.scale,
  dataset: bench.dataset,
  duration,
  groups,
  plot,
  curves: [],
  contrasts,
  questions,
  together,
});

/** Validation where there is a split, as in every comparison that someone may choose by; the papers hold nothing back. */
export const plotted = ({ data }: Bench): Metric =>
  'validationFraction' in data && data.validationFraction === 0 ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY';

/** Mean entropy of the outputs, on the split that is plotted. */
export const entropyOf = (bench: Bench): Metric => (plotted(bench) === 'TEST_ACCURACY' ? 'TEST_ENTROPY' : 'VALIDATION_ENTROPY');

const members: Plot['members'] = [];

export const bars = (metric: Metric): Plot => ({ kind: 'BARS', metric, xLabel: null, xLogarithmic: false, members });

export const curves = (metric: Metric): Plot => ({ ...bars(metric), kind: 'CURVES' });

export const sweep = (metric: Metric, xLabel: string, options: { xLogarithmic?: boolean; members?: Plot['members'] } = {}): Plot => ({
  ...bars(metric),
  kind: 'SWEEP',
  xLabel,
  ...options,
});

export const softLabels: Plot = { ...bars('VALIDATION_ACCURACY'), kind: 'SOFT_LABELS' };

/** The answers to what was asked of several groups, seed by seed. */
export const analyses = (metric: Metric): Plot => ({ ...bars(metric), kind: 'ANALYSES' });

/** A network of a group, or (null) its ensemble, and what a sentence calls it. */
export const side = (group: string, network: number | null, name: string): Side => ({ group, network, name });

/** Test accuracy: nothing is selected by it, and its split is the larger one. */
export const compare = (of: Side, against: Side, expected: Contrast['expected'], metric: Metric = 'TEST_ACCURACY'): Contrast => ({
  of,
  against,
  metric,
  expected,
});
