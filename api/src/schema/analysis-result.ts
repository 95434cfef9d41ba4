import type {
  AnalysisChart,
  AnalysisFigure,
  AnalysisLine,
  AnalysisMap,
  AnalysisPictures,
  AnalysisTable,
  AnalysisResult as Result,
} from '@studyhall/contract/analysis/result.ts';
import { measureNamed } from '@studyhall/contract/measures/registry.ts';
import { builder } from '../builder.ts';
import { Measure, Split } from './measure.ts';

const place = 'By its place among those that were asked about, from 0';

const Figure = builder.objectRef<AnalysisFigure>('AnalysisFigure').implement({
  description: 'A figure of a network, or of two.',
  fields: (t) => ({
    measure: t.field({
      type: Measure,
      nullable: true,
      description: 'Absent where this version has no such measure.',
      resolve: ({ measure }) => measureNamed(measure),
    }),
    split: t.field({ type: Split, resolve: ({ split }) => split }),
    network: t.exposeInt('network', { description: `${place}.` }),
    other: t.exposeInt('other', { nullable: true, description: 'Of a pair the second one.' }),
    value: t.exposeFloat('value'),
    low: t.exposeFloat('low', { nullable: true, description: 'Ends of its 95 % interval; absent where there is none.' }),
    high: t.exposeFloat('high', { nullable: true }),
  }),
});

const Line = builder.objectRef<AnalysisLine>('AnalysisLine').implement({
  fields: (t) => ({
    label: t.exposeString('label'),
    network: t.exposeInt('network', { nullable: true, description: `${place}; absent where the line is of no one network.` }),
    split: t.field({ type: Split, nullable: true, resolve: ({ split }) => split }),
    values: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'One for each x; null where there is nothing to draw.',
      resolve: ({ values }) => [...values],
    }),
    low: t.field({
      type: t.listRef('Float', { nullable: true }),
      nullable: true,
      description: 'Ends of the band around them.',
      resolve: ({ low }) => low && [...low],
    }),
    high: t.field({ type: t.listRef('Float', { nullable: true }), nullable: true, resolve: ({ high }) => high && [...high] }),
  }),
});

export const Chart = builder.interfaceRef<Pick<AnalysisChart, 'key' | 'title' | 'x' | 'y'>>('Chart').implement({
  description: 'What is drawn, and against what.',
  fields: (t) => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    xLabel: t.string({ description: 'With its unit.', resolve: ({ x }) => x.label }),
    xLogarithmic: t.boolean({ resolve: ({ x }) => x.logarithmic }),
    x: t.floatList({ resolve: ({ x }) => [...x.values] }),
    xNames: t.stringList({
      nullable: true,
      description: 'What stands at each x where it is no number but a place in a row.',
      resolve: ({ x }) => x.names ?? null,
    }),
    yLabel: t.string({ description: 'With its unit.', resolve: ({ y }) => y.label }),
    percent: t.boolean({ description: 'Its values are fractions, shown times 100.', resolve: ({ y }) => y.percent }),
  }),
});

const ChartOfAnswer = builder.objectRef<AnalysisChart>('AnalysisChart').implement({
  interfaces: [Chart],
  fields: (t) => ({ lines: t.field({ type: [Line], resolve: ({ lines }) => [...lines] }) }),
});

export const AnalysisColumn = builder.objectRef<AnalysisTable['columns'][number]>('AnalysisColumn').implement({
  fields: (t) => ({ label: t.exposeString('label'), percent: t.exposeBoolean('percent') }),
});

const Row = builder.objectRef<AnalysisTable['rows'][number]>('AnalysisRow').implement({
  fields: (t) => ({
    label: t.exposeString('label'),
    values: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'One for each column.',
      resolve: ({ values }) => [...values],
    }),
  }),
});

const Table = builder.objectRef<AnalysisTable>('AnalysisTable').implement({
  fields: (t) => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    columns: t.field({ type: [AnalysisColumn], resolve: ({ columns }) => [...columns] }),
    rows: t.field({ type: [Row], resolve: ({ rows }) => [...rows] }),
  }),
});

const Pictures = builder.objectRef<AnalysisPictures>('AnalysisPictures').implement({
  description: 'Small pictures of samples, of equal extent.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'Pixels.' }),
    height: t.exposeInt('height', { description: 'Pixels.' }),
    samples: t.intList({ description: "Index of each in the map's split.", resolve: ({ samples }) => [...samples] }),
    data: t.exposeString('data', { description: 'Base64 of height × width × 3 bytes (red, green, blue) each, one after the other.' }),
  }),
});

const PointMap = builder.objectRef<AnalysisMap>('AnalysisMap').implement({
  description: 'Points in the plane, one of each list.',
  fields: (t) => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    split: t.field({ type: Split, description: 'Whose samples they are.', resolve: ({ split }) => split }),
    x: t.floatList({ resolve: ({ x }) => [...x] }),
    y: t.floatList({ resolve: ({ y }) => [...y] }),
    network: t.intList({ resolve: ({ network }) => [...network] }),
    sample: t.intList({ description: 'Index in the official split.', resolve: ({ sample }) => [...sample] }),
    label: t.intList({ description: 'Index of its class.', resolve: ({ label }) => [...label] }),
    pictures: t.field({
      type: Pictures,
      nullable: true,
      description: 'Of the samples; absent where they are no pictures.',
      resolve: ({ pictures }) => pictures,
    }),
  }),
});

export const AnalysisResult = builder.objectRef<Result>('AnalysisResult').implement({
  description: 'What an analysis came to.',
  fields: (t) => ({
    figures: t.field({ type: [Figure], resolve: ({ figures }) => [...figures] }),
    charts: t.field({ type: [ChartOfAnswer], resolve: ({ charts }) => [...charts] }),
    tables: t.field({ type: [Table], resolve: ({ tables }) => [...tables] }),
    maps: t.field({ type: [PointMap], resolve: ({ maps }) => [...maps] }),
    notes: t.stringList({ description: 'What has to be said beside it, one sentence each.', resolve: ({ notes }) => [...notes] }),
  }),
});
