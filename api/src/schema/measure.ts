import { directions, formats, type Measure as MeasureEntry, type scopes, splits, units } from '@studyhall/contract/measures/measure.ts';
import { measures } from '@studyhall/contract/measures/registry.ts';
import { builder } from '../builder.ts';
import type { RowMeasured } from '../leaderboard/row-figures.ts';
import type { Price } from '../limits/cost.ts';
import type { Measured } from '../metrics/final-figures.ts';
import { Statistic } from './statistic.ts';

export const Split = builder.enumType('Split', { values: splits });

const MeasureScope = builder.enumType('MeasureScope', {
  values: {
    NETWORK: { description: 'A network.' },
    COHORT: { description: 'The networks of a run together; of figures that a network has, too, that of their ensemble.' },
    PAIR: { description: 'Two networks of a cohort.' },
    GROUP: { description: 'A group of seeds.' },
  } as const satisfies Record<(typeof scopes)[number], object>,
});

export const Measure = builder.objectRef<MeasureEntry>('Measure').implement({
  description: 'A figure that science asks for, and how it is said.',
  fields: (t) => ({
    name: t.exposeString('name'),
    scopes: t.field({ type: [MeasureScope], description: 'Of what it is.', resolve: (measure) => [...measure.scopes] }),
    splits: t.field({ type: [Split], description: 'On which it may be measured.', resolve: (measure) => [...measure.splits] }),
    unit: t.expose('unit', { type: builder.enumType('MeasureUnit', { values: units }) }),
    min: t.float({ description: 'A reported value lies from here …', resolve: ({ bounds }) => bounds.min }),
    max: t.float({ description: '… to here.', resolve: ({ bounds }) => bounds.max }),
    better: t.expose('better', {
      type: builder.enumType('MeasureDirection', { values: directions }),
      nullable: true,
      description: 'Which way is better; absent where neither is.',
    }),
    label: t.exposeString('label'),
    shortLabel: t.exposeString('shortLabel', { description: 'For the head of a column.' }),
    format: t.expose('format', {
      type: builder.enumType('MeasureFormat', { values: formats }),
      description: 'PERCENT: a fraction, times 100, its differences in points. NUMBER: as it is, with its unit.',
    }),
    shownOn: t.field({
      type: Split,
      nullable: true,
      description: 'The split on which tables of results show it; absent: they do where they are asked for it.',
      resolve: (measure) => measure.shownOn,
    }),
    sentence: t.exposeString('sentence', { description: 'What it is.' }),
  }),
});

export const Measurement = builder.objectRef<Measured>('Measurement').implement({
  fields: (t) => ({
    measure: t.field({ type: Measure, resolve: ({ measure }) => measure }),
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    value: t.exposeFloat('value'),
    pair: t.intList({
      nullable: true,
      description: 'The two networks that it is about; absent where it is not of a pair.',
      resolve: ({ pair }) => pair && [...pair],
    }),
  }),
});

const MeasuredSeed = builder.objectRef<RowMeasured['seeds'][number]>('MeasuredSeed').implement({
  fields: (t) => ({ seed: t.exposeInt('seed'), value: t.exposeFloat('value') }),
});

export const RowMeasurement = builder.objectRef<RowMeasured>('RowMeasurement').implement({
  description: "A figure of a row's network or ensemble over the distinct seeds that have it.",
  fields: (t) => ({
    measure: t.field({ type: Measure, resolve: ({ measure }) => measure }),
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    statistic: t.field({ type: Statistic, resolve: ({ statistic }) => statistic }),
    seeds: t.field({ type: [MeasuredSeed], resolve: ({ seeds }) => seeds }),
  }),
});

export const MeasureOnSplit = builder.inputType('MeasureOnSplit', {
  fields: (t) => ({
    measure: t.string({ required: true, description: 'Its name: see `measures`.' }),
    split: t.field({ type: Split, required: true }),
  }),
});

/** What narrows a list of measurements. */
export const measurementArgs = builder.args((t) => ({
  measure: t.string({ description: 'Its name; all if it is left out.' }),
  split: t.field({ type: Split }),
}));

/** What such a list costs: one figure, where it is named. */
export const measurementPrice = { price: { length: ({ measure, split }) => (measure && split ? 1 : 10) } satisfies Price };

builder.queryFields((t) => ({
  measures: t.field({
    authScopes: { viewer: true },
    type: [Measure],
    description: 'All measures that there are.',
    resolve: () => [...measures()],
  }),
}));
