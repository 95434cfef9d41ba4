import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { written } from '@studyhall/contract/settings/written.ts';
import { holdLock } from '../../../../start/machine/lock.mjs';
import { inBytes } from '../../fetch/bytes.ts';
import { checksumOf } from '../../fetch/checksum.ts';
import { expectSpace } from '../../fetch/expect-space.ts';
import { FetchError } from '../../fetch/fetch-error.ts';
import { fetchFile, isWhole } from '../../fetch/fetch-file.ts';
import type { Progress } from '../../fetch/progress.ts';
import type { PublishedFile } from '../../fetch/published-file.ts';
import { sourcesIn } from '../catalogue.ts';
import { DataError } from '../data-error.ts';
import type { DatasetDescription } from '../dataset.ts';
import { isLeftover } from '../entries.ts';
import type { DataFolders } from '../folders.ts';
import type { PublishedDataset } from './published-dataset.ts';

type Options = {
  readonly say: (line: string) => void;
  readonly progressOf?: (file: string) => Progress;
  /** Milliseconds without a byte after which a server is given up. */
  readonly patience?: number;
};

const filesIn = async (folder: string): Promise<string[] | null> => {
  try {
    return (await readdir(folder)).filter((name) => !isLeftover(name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** A second name for the file where the disk allows that; the person's own stays where it is. */
const take = async (from: string, to: string): Promise<void> => {
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
};

/** Files that somebody put into the dataset's folder, who has no internet here. @throws FetchError for any that is not the published one. */
const takeGiven = async (own: PublishedDataset, folder: string, given: readonly string[], downloads: string): Promise<void> => {
  for (const name of given) {
    const path = join(folder, name);
    const file = own.files.find((published) => published.name === name);
    if (file === undefined)
      throw new FetchError(
        `${folder} holds ${name}, which is no file that ${own.title} is published as (${own.files.map((published) => published.name).join(', ')}): move or rename the folder, and start again`,
      );
    if (!(await isWhole(path, file)))
      throw new FetchError(`${path} is not the published file: ${await howItDiffers(path, file)}; remove it, and start again`);
    await take(path, join(downloads, name));
  }
};

const howItDiffers = async (path: string, { size, checksum }: PublishedFile): Promise<string> => {
  const found = await stat(path);
  if (size !== undefined && found.size !== size) return `it has ${written(found.size)} bytes instead of ${written(size)}`;
  return `${await checksumOf(path, (checksum ?? 'sha256:').split(':')[0] as string)} instead of ${checksum}`;
};

/** What somebody without internet can do. */
const byHand = (own: PublishedDataset, folder: string, again: string): string => {
  const files = own.files.map(({ name, checksum, size, urls }) => {
    const known = [size === undefined ? '' : `${written(size)} bytes`, checksum ?? 'no checksum is published'].filter(
      (text) => text !== '',
    );
    return `  ${urls[0]} (${known.join(', ')})${urls.length > 1 ? `\n    or ${urls.slice(1).join('\n    or ')}` : ''}\n    as ${join(folder, name)}`;
  });
  return `Without internet here, fetch on another machine\n${files.join('\n')}\nand then: ${again}`;
};

const describe = async (name: string, folder: string): Promise<DatasetDescription> => {
  const source = (await sourcesIn(name, folder)).find((one) => one.name === name);
  if (source === undefined) throw new DataError(`${folder} holds no dataset ${name}`);
  return source.describe();
};

const expectAll = (own: PublishedDataset, { trainSize, testSize }: DatasetDescription): void => {
  if (trainSize !== own.trainSize || testSize !== own.testSize)
    throw new FetchError(
      `${own.title} came out with ${trainSize} training and ${testSize} test samples; published are ${own.trainSize} and ${own.testSize}`,
    );
};

/** The folder comes to its place whole; what lay there, the published files alone, goes when it has. */
const putInPlace = async (whole: string, folder: string, work: string): Promise<void> => {
  const before = join(work, 'given');
  await rm(before, { recursive: true, force: true });
  await rename(folder, before).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(whole, folder);
};

/**
 * Fetches a published dataset into the data folder, where it appears only once it is whole: every file has its checksum, and the whole was
 * read as a run reads it. What was fetched before an interruption is gone on with.
 *
 * @returns what is there now
 * @throws FetchError naming the servers that were tried and what can be done by hand, or what the disk lacks; DataError for data that came out
 * unusable.
 */
export const getDataset = async (
  name: string,
  own: PublishedDataset,
  { data }: DataFolders,
  options: Options,
): Promise<DatasetDescription> => {
  const folder = join(data, name);
  const work = join(data, `.${name}.part`);
  const [downloads, whole] = [join(work, 'downloads'), join(work, 'whole')];
  const given = (await filesIn(folder)) ?? [];
  const there = given.length === 0 ? null : await describe(name, folder).catch(() => null);
  if (there !== null && there.trainSize === own.trainSize && there.testSize === own.testSize) {
    options.say(`${name} is there already: ${folder}`);
    return there;
  }
  await mkdir(downloads, { recursive: true });
  const lock = await holdLock(join(work, 'lock'));
  if (lock === null) throw new FetchError(`${name} is being fetched by another process; wait until that ends`);
  try {
    await takeGiven(own, folder, given, downloads);
    await fetchAll(name, own, folder, downloads, options);
    options.say(`unpacking and checking ${own.title}`);
    await rm(whole, { recursive: true, force: true });
    await mkdir(whole, { recursive: true });
    await own.unpack(downloads, whole);
    const found = await describe(name, whole);
    expectAll(own, found);
    await putInPlace(whole, folder, work);
    await rm(work, { recursive: true, force: true });
    return found;
  } finally {
    lock.release();
  }
};

const fetchAll = async (name: string, own: PublishedDataset, folder: string, downloads: string, options: Options): Promise<void> => {
  const left: PublishedFile[] = [];
  for (const file of own.files) if (!(await isWhole(join(downloads, file.name), file))) left.push(file);
  const bytes = left.reduce((sum, { size = 0 }) => sum + size, 0);
  await expectSpace(downloads, bytes + own.unpacked);
  for (const file of left) {
    options.say(`${own.title}: ${file.name}${file.size === undefined ? '' : `, ${inBytes(file.size)}`}`);
    try {
      const progress = options.progressOf?.(file.name);
      await fetchFile(file, downloads, { ...(progress && { progress }), ...(options.patience && { patience: options.patience }) });
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      throw new FetchError(`${error.message}\n${byHand(own, folder, `npm run trainer -- data get ${name}`)}`);
    }
    if (file.checksum === undefined)
      options.say(`  no checksum is published for it; what came has ${await checksumOf(join(downloads, file.name), 'sha256')}`);
  }
};
