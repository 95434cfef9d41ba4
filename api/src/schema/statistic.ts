import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';
import { builder } from '../builder.ts';

export const Statistic = builder.objectRef<Estimate>('Statistic').implement({
  description: 'mean ± sd over distinct seeds; sd is the sample standard deviation, absent for n = 1.',
  fields: (t) => ({
    mean: t.exposeFloat('mean'),
    sd: t.exposeFloat('sd', { nullable: true }),
    n: t.exposeInt('n'),
    interval: t.exposeFloat('interval', {
      nullable: true,
      description:
        "Half the width of the mean's 95 % Student interval, t · sd / √n; absent for n = 1. A gain is told from noise where it leaves out 0.",
    }),
  }),
});
