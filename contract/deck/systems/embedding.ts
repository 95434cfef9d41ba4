import { type Bench, paper, paperRecipe, small, tiny } from '../bench.ts';
import { independentPair, mutualPair } from '../pairs.ts';
import { analyses, compare, preset, side } from '../preset.ts';
import { davari, mcInnes, slides, vanDerMaaten } from '../references.ts';
import type { Contrast, Preset, System, Together } from '../system.ts';

const pair = (group: string) => [0, 1].map((network) => ({ group, network }));

/** Both pairs in one plane, by either method. */
const asked: readonly Together[] = [{}, { method: 'UMAP' }].map((embedding) => ({
  question: { embedding },
  networks: [...pair('independent'), ...pair('mutual')],
  reference: null,
}));

const purer = (network: number): Contrast =>
  compare(
    side('mutual', network, `DML, network ${network},`),
    side('independent', network, 'its independent twin'),
    null,
    'NEIGHBOUR_PURITY',
  );

const alike: Contrast = compare(
  side('mutual', null, 'DML’s two networks'),
  side('independent', null, 'two that were trained independently'),
  null,
  'CKA',
);

const at = (bench: Bench, duration: string): Preset =>
  preset(
    bench,
    duration,
    [independentPair(bench), mutualPair(bench)],
    analyses('NEIGHBOUR_PURITY'),
    [purer(0), purer(1), alike],
    [{ pairs: {} }],
    asked,
  );

export const embeddingSystem: System = {
  row: 17,
  slug: 'embedding',
  title: 'Features in the plane',
  claim: 'After t-SNE the features of the networks lie apart: a cohort’s networks have learned different features.',
  summary:
    'The last features of two networks trained independently and of two trained mutually, all four on the same validation images, brought into one plane by t-SNE and by UMAP: independent and mutual side by side on one scale, coloured by class, marked by network. Colours repeat where classes are many: a class is seen alone when its name is chosen.',
  formula: '\\left( f_0(x), \\dots, f_{K-1}(x) \\right)_{x} \\longmapsto \\mathbb{R}^2',
  figure: 'FEATURES_LAST',
  notes: [
    'That features lie apart in the plane proves little: two networks whose neurons merely stand in another order lie apart as well. Whether features differ beyond that is the question of the neuron-switch problem.',
    'Distances between clusters, and their sizes, mean nothing in such a plane. So the sentences above are not about it: they count nearest neighbours among the features themselves, and compare them by CKA.',
    'CKA can be moved at will without moving the function (Davari et al. 2023).',
    paperRecipe,
  ],
  references: [slides, vanDerMaaten, mcInnes, davari],
  presets: [
    at(tiny, 'about a minute on two cores; the runs of the mutual preset'),
    at(small, 'about 15 minutes on two cores; the runs of the mutual preset'),
    at({ ...paper, data: { validationFraction: 0.1 } }, 'a day on one GPU; the runs of the accuracy-curve preset'),
  ],
};
