import type { Reference } from './system.ts';

const dmlPaper = {
  citation: 'Zhang, Xiang, Hospedales, Lu: Deep Mutual Learning. CVPR 2018',
  url: 'https://arxiv.org/abs/1706.00384',
  setting: 'CIFAR-100, top-1 accuracy in %, single runs: SGD with Nesterov momentum 0.9, lr 0.1 ÷10 every 60 epochs, 200 epochs, batch 64',
};

const resnetPair = { label: 'ResNet-32 + ResNet-32', baseline: '68.99', result: '71.19 / 70.75' };

/** Two networks of one architecture. */
export const dmlSame: Reference = {
  ...dmlPaper,
  rows: [
    resnetPair,
    { label: 'MobileNet + MobileNet', baseline: '73.65', result: '76.21 / 76.10' },
    { label: 'WRN-28-10 + WRN-28-10', baseline: '78.69', result: '80.28 / 80.08' },
  ],
};

export const dmlResnetPair: Reference = { ...dmlPaper, rows: [resnetPair] };

export const dmlPairs: Reference = {
  ...dmlPaper,
  rows: [
    ...dmlSame.rows,
    { label: 'WRN-28-10 + ResNet-32', baseline: '78.69 / 68.99', result: '78.96 / 70.73' },
    { label: 'MobileNet + ResNet-32', baseline: '73.65 / 68.99', result: '76.13 / 71.10' },
    { label: 'WRN-28-10 + MobileNet', baseline: '78.69 / 73.65', result: '80.28 / 77.39' },
  ],
};

export const dcm: Reference = {
  citation: 'sundw2014/DCM, replication of DML',
  url: 'https://github.com/sundw2014/DCM',
  setting: 'CIFAR-100, WRN-28-10 pair, test error in %, 5 runs',
  rows: [{ label: 'WRN-28-10 + WRN-28-10, error', baseline: '18.72 ± 0.24', result: '17.89 ± 0.26 / 17.95 ± 0.07' }],
};

export const paddleSlim: Reference = {
  citation: 'PaddleSlim, deep mutual learning',
  url: 'https://github.com/PaddlePaddle/PaddleSlim',
  setting: 'CIFAR-100, top-1 accuracy in %',
  rows: [
    { label: 'MobileNet ×2', baseline: '73.65', result: '76.34' },
    { label: 'MobileNet ×4', baseline: '73.65', result: '76.56' },
  ],
};

/** Gains are small and noisy: one that found none. */
export const replicationWithoutGain: Reference = {
  citation: 'A replication with six seeds',
  url: null,
  setting: 'CIFAR-100, ResNet-32 pair, top-1 accuracy in %, 6 seeds, mean ± sd',
  rows: [{ label: 'ResNet-32 + ResNet-32', baseline: '70.98 ± 0.44', result: '70.86 ± 0.36 / 70.90 ± 0.38' }],
};

export const repDistillerRecipe: Reference = {
  citation: 'RepDistiller (Tian, Krishnan, Isola: Contrastive Representation Distillation. ICLR 2020)',
  url: 'https://github.com/HobbitLong/RepDistiller',
  setting:
    'CIFAR-100 KD: T = 4, weights 0.1 CE + 0.9 KL, 240 epochs, lr 0.05 ÷10 at 150, 180 and 210, batch 64, weight decay 5e-4. The usual recipe; the paper-scale preset follows it.',
  rows: [],
};

export const hinton: Reference = {
  citation: 'Hinton, Vinyals, Dean: Distilling the Knowledge in a Neural Network. 2015 (NIPS 2014 workshop)',
  url: 'https://arxiv.org/abs/1503.02531',
  setting: 'Soft targets with a temperature; the experiment with a digit left out of the transfer set is theirs',
  rows: [],
};

export const hintonProblems: Reference = {
  citation: 'hinton-problems, a replication of the missing digit',
  url: null,
  setting: 'MNIST, digit 3 left out of the transfer set, 2×1200 → 2×800 MLP, T = 20, accuracy in %',
  rows: [
    { label: 'Teacher, all digits', baseline: null, result: '98.39' },
    { label: 'Student on 3s, before and after a bias correction of +2.70', baseline: '91.88', result: '97.82' },
  ],
};

export const thokerGall: Reference = {
  citation: 'Thoker, Gall: Cross-modal Knowledge Distillation for Action Recognition. ICIP 2019',
  url: 'https://arxiv.org/abs/1910.04641',
  setting:
    'Teacher on one modality, students on another without labels; its abstract says cross-entropy on the teacher’s argmax did better than KL',
  rows: [],
};

export const pereyra: Reference = {
  citation: 'Pereyra, Tucker, Chorowski, Kaiser, Hinton: Regularizing Neural Networks by Penalizing Confident Output Distributions. 2017',
  url: 'https://arxiv.org/abs/1701.06548',
  setting: 'Confidence penalty: β about 1.0 on MNIST, 0.1 on CIFAR-10',
  rows: [],
};

/** The deck itself, for what stands nowhere else. */
export const slides: Reference = {
  citation: 'Arvin Liu: KD & Mutual (the slides)',
  url: null,
  setting: 'As the slide states it, without numbers',
  rows: [],
};

export const andriushchenko: Reference = {
  citation:
    'Andriushchenko, Croce, Müller, Hein, Flammarion: A Modern Look at the Relationship between Sharpness and Generalization. ICML 2023',
  url: 'https://arxiv.org/abs/2302.07011',
  setting: 'Sharpness, also the adaptive one, does not correlate well with generalisation',
  rows: [],
};

export const davari: Reference = {
  citation: 'Davari, Horoi, Natik, Lajoie, Wolf, Belilovsky: Reliability of CKA as a Similarity Measure in Deep Learning. ICLR 2023',
  url: 'https://arxiv.org/abs/2210.16156',
  setting: 'CKA can be moved at will without moving the function',
  rows: [],
};

export const vanDerMaaten: Reference = {
  citation: 'van der Maaten, Hinton: Visualizing Data using t-SNE. JMLR 9, 2008',
  url: 'https://jmlr.org/papers/v9/vandermaaten08a.html',
  setting: 'The method; the slide names no settings',
  rows: [],
};

export const mcInnes: Reference = {
  citation: 'McInnes, Healy, Melville: UMAP. 2018',
  url: 'https://arxiv.org/abs/1802.03426',
  setting: 'The method',
  rows: [],
};

export const dmlPaperCurve: Reference = {
  ...dmlPaper,
  setting: 'The figure the slide shows is the paper’s: accuracy per epoch on ImageNet. At the end of training, on CIFAR-100, single runs:',
  rows: [resnetPair],
};

export const dmlEnsembleTarget: Reference = {
  ...dmlPaper,
  setting:
    'The paper calls strategy 2 DML_e and finds it below strategy 1. No figure of it is quoted here; on CIFAR-100, two networks, single runs:',
  rows: [resnetPair],
};
