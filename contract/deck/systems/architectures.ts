import { type Bench, group, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independent, mutual } from '../methods.ts';
import { bars, compare, plotted, preset, side } from '../preset.ts';
import { dmlPairs, paddleSlim } from '../references.ts';
import type { Contrast, Group, Preset, System } from '../system.ts';

type Pair = readonly [string, string];

const keyOf = (pair: Pair) => pair.join('-and-');

const groupsOf = (bench: Bench, pair: Pair): Group[] => {
  const name = pair.join(' + ');
  return [
    group(bench, `independent-${keyOf(pair)}`, `Independent, ${name}`, pair, independent, { series: 'Independent' }),
    group(bench, `mutual-${keyOf(pair)}`, `DML, ${name}`, pair, mutual(), { series: 'DML' }),
  ];
};

const contrastsOf = (pair: Pair): Contrast[] =>
  pair.map((model, network) =>
    compare(
      side(`mutual-${keyOf(pair)}`, network, `${model}, learning with ${pair[1 - network]},`),
      side(`independent-${keyOf(pair)}`, network, 'its independent twin'),
      'MORE',
    ),
  );

const at = (bench: Bench, duration: string, pairs: readonly Pair[]): Preset =>
  preset(
    bench,
    duration,
    pairs.flatMap((pair) => groupsOf(bench, pair)),
    bars(plotted(bench)),
    pairs.flatMap(contrastsOf),
  );

export const architectures: System = {
  row: 5,
  slug: 'architectures',
  title: 'Same and different architectures',
  claim:
    'Two networks of the same architecture already do better together than alone; and even a large model gains from learning the logits of a small one.',
  summary:
    'Pairs of one and of two architectures, each network against its independent twin at the same place of the same pair: same weights at the start, same batches.',
  formula: '\\mathcal{L}_i = \\mathrm{CE}(y, p_i) + \\mathrm{KL}(p_j \\,\\|\\, p_i), \\quad \\text{any architectures } i \\ne j',
  figure: 'MIXED_PAIRS',
  notes: ['What a large network can learn from a worse, smaller one is not its accuracy but where it is unsure.', paperRecipe],
  references: [dmlPairs, paddleSlim],
  presets: [
    at(tiny, 'about 2 minutes on two cores', [
      [tiny.small, tiny.small],
      ['mlp-128', 'mlp-128'],
      [tiny.large, tiny.small],
    ]),
    at(small, 'about an hour on two cores', [
      [small.small, small.small],
      [small.large, small.small],
    ]),
    at(paper, 'weeks on one GPU', [
      ['resnet-32', 'resnet-32'],
      ['mobilenet-1', 'mobilenet-1'],
      ['wrn-28-10', 'wrn-28-10'],
      ['wrn-28-10', 'resnet-32'],
      ['mobilenet-1', 'resnet-32'],
      ['wrn-28-10', 'mobilenet-1'],
    ]),
  ],
};
