import type { Series } from '@/ui/chart/series.ts';
import type { CohortRow, EpochRow, Metrics } from './metrics.ts';
import type { Member } from './network-names.ts';

/** One chart of a run's page. */
export type Curve = { key: string; title: string; unit: string; kind: 'percent' | 'number' | 'rate'; series: Series[]; yMin?: number };

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
  const training = { dash: 'dashed', faint: true, width: 1.2 } as const;

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
    {
      key: 'entropy',
      title: 'Entropy of the output',
      unit: 'nats',
      kind: 'number',
      series: [
        ...ofNetworks('validation', (row) => row.validationEntropy),
        ...(train ? ofNetworks('train', (row) => row.trainEntropy, training) : []),
      ],
    },
    {
      key: 'disagreement',
      title: 'Disagreement',
      unit: '% of samples',
      kind: 'percent',
      series: ofEnsemble('disagreement', (row) => row.disagreement),
    },
    { key: 'rate', title: 'Learning rate', unit: '', kind: 'rate', yMin: 0, series: ofNetworks('', (row) => row.learningRate).slice(0, 1) },
  ];
  return curves.filter((curve) => curve.series.length > 0 || curve.key === 'accuracy' || curve.key === 'loss');
}

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
