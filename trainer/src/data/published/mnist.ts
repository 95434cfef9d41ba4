import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from '../../fetch/checksum.ts';
import type { PublishedFile } from '../../fetch/published-file.ts';
import type { PublishedDataset } from './published-dataset.ts';

type Known = readonly [name: string, size: number, sha256: string];

/** The four files of MNIST's format, as they are: trainers read them packed. */
const idx = (
  own: Pick<PublishedDataset, 'title' | 'page' | 'terms'>,
  mirrors: readonly string[],
  known: readonly Known[],
): PublishedDataset => {
  const files = known.map(([name, size, sha256]): PublishedFile => {
    const checksum: Checksum = `sha256:${sha256}`;
    return { name, size, checksum, urls: mirrors.map((mirror) => `${mirror}${name}`) };
  });
  return {
    ...own,
    files,
    unpacked: files.reduce((sum, { size = 0 }) => sum + size, 0),
    trainSize: 60_000,
    testSize: 10_000,
    unpack: async (downloads, to) => {
      for (const { name } of files) await copyFile(join(downloads, name), join(to, name));
    },
  };
};

/** Sizes and SHA-256 as TensorFlow Datasets records them (url_checksums/mnist.txt). */
export const mnist = idx(
  { title: 'MNIST', page: 'http://yann.lecun.com/exdb/mnist', terms: 'LeCun, Cortes and Burges; CC BY-SA 3.0' },
  ['https://storage.googleapis.com/cvdf-datasets/mnist/', 'https://ossci-datasets.s3.amazonaws.com/mnist/'],
  [
    ['train-images-idx3-ubyte.gz', 9_912_422, '440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609'],
    ['train-labels-idx1-ubyte.gz', 28_881, '3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c'],
    ['t10k-images-idx3-ubyte.gz', 1_648_877, '8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6'],
    ['t10k-labels-idx1-ubyte.gz', 4_542, 'f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6'],
  ],
);

/** Sizes and SHA-256 as TensorFlow Datasets records them (url_checksums/fashion_mnist.txt); the MD5 of these bytes are those of the authors' README. */
export const fashionMnist = idx(
  {
    title: 'Fashion-MNIST',
    page: 'https://github.com/zalandoresearch/fashion-mnist',
    terms: 'Xiao, Rasul and Vollgraf, Zalando; MIT licence',
  },
  [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/',
  ],
  [
    ['train-images-idx3-ubyte.gz', 26_421_880, '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84'],
    ['train-labels-idx1-ubyte.gz', 29_515, 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845'],
    ['t10k-images-idx3-ubyte.gz', 4_422_102, '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073'],
    ['t10k-labels-idx1-ubyte.gz', 5_148, '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5'],
  ],
);
