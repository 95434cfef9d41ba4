import { figures, metrics, type Plot, plotKinds, type Reference, type ReferenceRow, type scales } from '@studyhall/contract/deck/system.ts';
import { builder } from '../builder.ts';
import type { verdicts } from '../deck/conclude.ts';

export const DeckFigure = builder.enumType('DeckFigure', {
  description: 'Which drawing of the set-up belongs to a system.',
  values: figures,
});

export const DeckScale = builder.enumType('DeckScale', {
  values: {
    TINY: { description: 'Generated pictures of 16 × 16, minutes on two cores.' },
    SMALL: { description: 'Fashion-MNIST with 2,000 training images or alike, an hour at most.' },
    PAPER: { description: 'The published recipe.' },
  } as const satisfies Record<(typeof scales)[number], object>,
});

export const DeckMetric = builder.enumType('DeckMetric', { values: metrics });

export const DeckPlotKind = builder.enumType('DeckPlotKind', { values: plotKinds });

export const DeckVerdict = builder.enumType('DeckVerdict', {
  values: {
    AGREES: { description: 'The 95 % interval lies on the side that the slide claims.' },
    DISAGREES: { description: 'It lies on the other side.' },
    UNDECIDED: { description: 'It includes 0.' },
    PENDING: { description: 'Fewer than two seeds are done on both sides.' },
    NO_CLAIM: { description: 'The slide makes no claim; the difference is reported as it is.' },
  } as const satisfies Record<(typeof verdicts)[number], object>,
});

export const DeckReferenceRow = builder.objectRef<ReferenceRow>('DeckReferenceRow').implement({
  description: 'Figures as printed there; of two networks joined by " / ".',
  fields: (t) => ({
    label: t.exposeString('label'),
    baseline: t.exposeString('baseline', { nullable: true }),
    result: t.exposeString('result'),
  }),
});

export const DeckReference = builder.objectRef<Reference>('DeckReference').implement({
  description: 'What others measured. Never mixed with our own runs.',
  fields: (t) => ({
    citation: t.exposeString('citation'),
    url: t.exposeString('url', { nullable: true }),
    setting: t.exposeString('setting'),
    rows: t.field({ type: [DeckReferenceRow], resolve: ({ rows }) => [...rows] }),
  }),
});

export const DeckPlot = builder.objectRef<Plot>('DeckPlot').implement({
  description: 'How the results of a preset are drawn.',
  fields: (t) => ({
    kind: t.expose('kind', { type: DeckPlotKind }),
    metric: t.expose('metric', { type: DeckMetric }),
    xLabel: t.exposeString('xLabel', { nullable: true, description: 'What `x` of the groups is, for a SWEEP.' }),
    xLogarithmic: t.exposeBoolean('xLogarithmic'),
    members: t.field({
      type: t.listRef('Int', { nullable: true }),
      description: 'Networks of each group that are drawn; null is the ensemble. Empty: all.',
      resolve: ({ members }) => [...members],
    }),
  }),
});
