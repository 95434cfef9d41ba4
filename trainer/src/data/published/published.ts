import type { PublishedName } from '@studyhall/contract/spec/published-datasets.ts';
import { cifar10, cifar100 } from './cifar.ts';
import { fashionMnist, mnist } from './mnist.ts';
import type { PublishedDataset } from './published-dataset.ts';
import { utdMhad } from './utd-mhad.ts';

/** Datasets that one command fetches, by the names under which the deck and specs ask for them. */
export const PUBLISHED: Readonly<Record<PublishedName, PublishedDataset>> = {
  mnist,
  'fashion-mnist': fashionMnist,
  'cifar-10': cifar10,
  'cifar-100': cifar100,
  'utd-mhad': utdMhad,
};
