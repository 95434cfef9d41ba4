import { join } from 'node:path';
import { untar } from '../../fetch/tar.ts';
import type { PublishedDataset } from './published-dataset.ts';

/** Krizhevsky's binary version: one archive, whose folder's files trainers read. */
const cifar = (title: string, archive: string, size: number, sha256: string, folder: string): PublishedDataset => ({
  title,
  page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  terms: 'Krizhevsky 2009; free for research, cite the report',
  files: [
    {
      name: archive,
      size,
      checksum: `sha256:${sha256}`,
      urls: [`https://www.cs.toronto.edu/~kriz/${archive}`, `http://www.cs.toronto.edu/~kriz/${archive}`],
    },
  ],
  unpacked: 185_000_000,
  trainSize: 50_000,
  testSize: 10_000,
  unpack: (downloads, to) =>
    untar(join(downloads, archive), (name) => {
      const [own, file = '', ...deeper] = name.replace(/^\.\//, '').split('/');
      return own === folder && deeper.length === 0 && /\.(bin|txt)$/.test(file) ? join(to, file) : null;
    }),
});

/** Size and SHA-256 as TensorFlow Datasets records them (url_checksums/cifar10.txt). */
export const cifar10 = cifar(
  'CIFAR-10, binary version',
  'cifar-10-binary.tar.gz',
  170_052_171,
  'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  'cifar-10-batches-bin',
);

/** Size and SHA-256 as TensorFlow Datasets records them (url_checksums/cifar100.txt). */
export const cifar100 = cifar(
  'CIFAR-100, binary version',
  'cifar-100-binary.tar.gz',
  168_513_733,
  '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
  'cifar-100-binary',
);
