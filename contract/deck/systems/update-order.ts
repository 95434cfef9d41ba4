import { type Bench, copies, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { mutual } from '../methods.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { bars, compare, plotted, preset, side } from '../preset.ts';
import { dmlResnetPair } from '../references.ts';
import type { Preset, System } from '../system.ts';
import { againstTwins } from '../twins.ts';

const at = (bench: Bench, duration: string): Preset => {
  const simultaneous = group(bench, 'simultaneous', 'DML, simultaneous', copies(bench.small, 2), mutual({ update: 'SIMULTANEOUS' }), {
    series: 'Simultaneous',
  });
  return preset(
    bench,
    duration,
    [independentPair(bench), { ...mutualPair(bench), title: 'DML, alternating', series: 'Alternating' }, simultaneous],
    bars(plotted(bench)),
    [
      ...[0, 1].map((network) =>
        compare(
          side('mutual', network, `Alternating, network ${network},`),
          side('simultaneous', network, 'the same network updated simultaneously'),
          null,
        ),
      ),
      ...againstTwins('mutual', 'Alternating DML'),
      ...againstTwins('simultaneous', 'Simultaneous DML'),
    ],
  );
};

export const updateOrder: System = {
  row: 4,
  slug: 'update-order',
  title: 'Step 1, step 2: alternating or simultaneous',
  claim: 'The networks need to be trained iteratively: update the first network, then the second.',
  summary:
    'Alternating, as in the paper: forward both, update the first network, recompute its output on the same batch, then update the second against the new one. Simultaneous: one forward pass, both updated against what they saw. Alternating is the default.',
  formula:
    '\\theta_0 \\leftarrow \\theta_0 - \\eta\\,\\nabla\\mathcal{L}_0(p_0, p_1), \\quad p_0 \\leftarrow p_0(\\theta_0), \\quad \\theta_1 \\leftarrow \\theta_1 - \\eta\\,\\nabla\\mathcal{L}_1(p_0, p_1)',
  figure: 'UPDATE_ORDER',
  notes: [
    'The recomputation reuses batch and dropout mask; running statistics update once per network and step. Network i sees the peers before it already updated and those after it not yet.',
    'No published comparison of the two is known to us; the slide only says that the networks are trained iteratively.',
    paperRecipe,
  ],
  references: [dmlResnetPair],
  presets: [at(tiny, 'about a minute on two cores'), at(small, 'about 15 minutes on two cores'), at(paper, 'two days on one GPU')],
};
