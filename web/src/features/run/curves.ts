import { unitWords } from '@/lib/format/measure.ts';
import { type Series, seriesColour } from '@/ui/chart/series.ts';
import type { CohortRow, EpochRow, Metrics } from './metrics.ts';
import type { Member } from './network-names.ts';

/** One chart of a run's page. */
export type Curve = { key: string; title: string; unit: string; kind: 'percent' | 'number' | 'rate'; series: Series[]; yInclude?: number };

export type CurveChoice = { hidden: ReadonlySet<string>; train: boolean };

type EpochFigure = (row: EpochRow) => number | null;
type CohortFigure = (row: CohortRow) => number | null;

/** All curves that the rows have something for; members that are hidden draw none. */
export function curvesOf(metrics: Metrics, members: readonly Member[], { hidden, train }: CurveChoice): Curve[] {
  const shown = members.filter((member) => !hidden.has(member.key));
  const ofNetworks = (name: string, figure: EpochFigure, style: Partial<Series> = {}): Series[] =>
    shown.flatMap((member) => {
      if (member.index === null) return [];
      const points = pointsOf(metrics.networks.get(member.index) ?? [], figure);
      return points.length
        ? [{ key: `${member.key} ${name}`, name: [member.name, name].filter(Boolean).join(' · '), colour: member.colour, points, ...style }]
        : [];
    });
  const ofEnsemble = (name: string, figure: CohortFigure): Series[] => {
    const ensemble = shown.find((member) => member.index === null);
    const points = ensemble ? pointsOf(metrics.cohort, figure) : [];
    return ensemble && points.length
      ? [{ key: `ensemble ${name}`, name: [ensemble.name, name].filter(Boolean).join(' · '), colour: ensemble.colour, width: 2.2, points }]
      : [];
  };
  const curves: Curve[] = [
    {
      key: 'accuracy',
      title: 'Accuracy',
      unit: '%',
      kind: 'percent',
      series: [
        ...ofNetworks('validation', (row) => row.validationAccuracy),
        ...ofEnsemble('validation', (row) => row.ensembleValidationAccuracy),
        ...(train ? ofNetworks('train', (row) => row.trainAccuracy, training) : []),
      ],
    },
    {
      key: 'loss',
      title: 'Loss',
      unit: 'nats',
      kind: 'number',
      series: [
        ...ofNetworks('validation', (row) => row.validationLoss),
        ...ofEnsemble('validation', (row) => row.ensembleValidationLoss),
        ...(train ? ofNetworks('train', (row) => row.trainLoss, training) : []),
      ],
    },
    ...termsOf(metrics).map(
      (term): Curve => ({
        key: `term-${term}`,
        title: termTitle(term),
        unit: 'nats, as weighted in the loss',
        kind: 'number',
        series: ofNetworks('', (row) => termOf(row, term)),
      }),
    ),
    ...measuredCurves(metrics, shown, train),
    {
      key: 'rate',
      title: 'Learning rate',
      unit: '',
      kind: 'rate',
      yInclude: 0,
      series: ofNetworks('', (row) => row.learningRate).slice(0, 1),
    },
  ];
  return curves.filter((curve) => curve.series.length > 0 || curve.key === 'accuracy' || curve.key === 'loss');
}

/** A chart for each measure: of every network and of the cohort or its ensemble, of pairs where they were measured. */
function measuredCurves(metrics: Metrics, shown: readonly Member[], train: boolean): Curve[] {
  const all = [...metrics.series.values()];
  const measures = new Map(all.map(({ measure }) => [measure.name, measure]));
  return [...measures.values()].map(({ name, label, unit, format }): Curve => {
    const own = all.filter(({ measure, split }) => measure.name === name && (train || split !== 'TRAIN'));
    const lines = shown.flatMap((member) =>
      own.filter((one) => one.pair === null && one.network === member.index).map((one) => ({ member, ...one })),
    );
    const series = lines
      .toSorted((one, other) => Number(one.split === 'TRAIN') - Number(other.split === 'TRAIN'))
      .map(({ member, split, points }): Series => {
        const words = split.toLowerCase();
        return {
          key: `${member.key} ${words}`,
          name: `${member.name} · ${words}`,
          colour: member.colour,
          points: points.map(({ epoch, value }) => [epoch, value] as const),
          ...(member.index === null ? { width: 2.2 } : {}),
          ...(split === 'TRAIN' ? training : {}),
        };
      });
    const pairs = own.flatMap(({ pair, split, points }, place): Series[] => {
      if (!pair || pair.some((index) => !shown.some((member) => member.index === index))) return [];
      const words = `net ${pair.join(' and net ')}`;
      return [
        {
          key: `${pair.join('-')} ${split}`,
          name: `${words} · ${split.toLowerCase()}`,
          colour: seriesColour(place),
          width: 1.2,
          points: points.map(({ epoch, value }) => [epoch, value] as const),
        },
      ];
    });
    return {
      key: name,
      title: label,
      unit: unitWords(unit),
      kind: format === 'PERCENT' ? 'percent' : 'number',
      series: [...series, ...pairs],
    };
  });
}

const training = { dash: 'dashed', faint: true, width: 1.2 } as const;

function pointsOf<Row extends { epoch: number }>(rows: readonly Row[], figure: (row: Row) => number | null): [number, number][] {
  return rows.flatMap((row) => {
    const value = figure(row);
    return value === null ? [] : [[row.epoch, value] as [number, number]];
  });
}

/** Names of the loss's terms. One term alone is the loss itself. */
function termsOf(metrics: Metrics): string[] {
  const names = new Set<string>();
  for (const rows of metrics.networks.values())
    for (const row of rows.slice(0, 1)) for (const name of Object.keys(asTerms(row.trainTerms))) names.add(name);
  // The store keeps no order of names: the labels' term stands first, as in the formula.
  const order = (name: string) => (name === 'crossEntropy' ? '' : name);
  return names.size > 1 ? [...names].toSorted((one, other) => order(one).localeCompare(order(other))) : [];
}

function termOf(row: EpochRow, name: string): number | null {
  const value = asTerms(row.trainTerms)[name];
  return typeof value === 'number' ? value : null;
}

function asTerms(terms: unknown): Record<string, unknown> {
  return typeof terms === 'object' && terms !== null ? (terms as Record<string, unknown>) : {};
}

function termTitle(term: string): string {
  const words = term.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `Term: ${words}`;
}
