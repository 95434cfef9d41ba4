import { type ReliabilityBin as Bin, type Calibration as Figures, reliabilityBins } from '@studyhall/contract/logits/calibration.ts';
import { builder } from '../builder.ts';
import type { Price } from '../limits/cost.ts';

const ReliabilityBin = builder.objectRef<Bin>('ReliabilityBin').implement({
  description: 'The samples whose confidence lies above `low` and up to `high`.',
  fields: (t) => ({
    low: t.exposeFloat('low'),
    high: t.exposeFloat('high'),
    count: t.exposeInt('count'),
    accuracy: t.exposeFloat('accuracy', { nullable: true, description: 'Absent without samples.' }),
    confidence: t.exposeFloat('confidence', { nullable: true, description: 'The mean of theirs; absent without samples.' }),
  }),
});

export const Calibration = builder.objectRef<Figures>('Calibration').implement({
  description: 'How well confidence, the probability of the class that is named, goes with being right (Guo et al. 2017).',
  fields: (t) => ({
    samples: t.exposeInt('samples'),
    accuracy: t.exposeFloat('accuracy'),
    confidence: t.exposeFloat('confidence', { description: 'Mean over samples. Above the accuracy: overconfident.' }),
    ece: t.exposeFloat('ece', {
      description: `Expected calibration error: the mean over samples of |accuracy − confidence| of their bin, of ${reliabilityBins} bins of equal width.`,
    }),
    bins: t.field({
      type: [ReliabilityBin],
      description: 'The reliability diagram, by confidence.',
      extensions: { price: { length: reliabilityBins } satisfies Price },
      resolve: ({ bins }) => bins,
    }),
  }),
});
