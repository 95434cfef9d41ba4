/** Datasets that `npm run trainer -- data get NAME` fetches. */
export const publishedDatasets = ['mnist', 'fashion-mnist', 'cifar-10', 'cifar-100', 'utd-mhad'] as const;

export type PublishedName = (typeof publishedDatasets)[number];

/** The published dataset that brings one of that name, which may be another reading of the same files. */
const sourceOf = (dataset: string): PublishedName | undefined =>
  publishedDatasets.find((name) => name === dataset || (name === 'cifar-100' && dataset === 'cifar-100-coarse'));

/** What brings a dataset to a trainer's machine, as a sentence; undefined for a dataset that nobody publishes. */
export function howToGet(dataset: string): string | undefined {
  const name = sourceOf(dataset);
  return name && `npm run trainer -- data get ${name} fetches it to a trainer's machine.`;
}
