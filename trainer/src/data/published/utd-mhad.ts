import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unzip } from '../../fetch/zip.ts';
import { DataError } from '../data-error.ts';
import { matArrayOf } from './mat-file.ts';
import type { PublishedDataset } from './published-dataset.ts';
import { resample } from './resample.ts';
import { writeNpy } from './write-npy.ts';

const FRAMES = 64;
const JOINTS = 20;
const AXES = 3;
const SENSORS = 6;

/** Of the cross-subject protocol; the others are the test split (Chen, Jafari and Kehtarnavaz, ICIP 2015). */
const TRAINING_SUBJECTS = [1, 3, 5, 7];

type View = {
  readonly name: 'skeleton' | 'inertial';
  readonly archive: string;
  readonly channels: number;
  /** @returns [frames, channels] */
  readonly sequence: (path: string, bytes: Buffer) => Float64Array;
};

/** Joints of [20, 3, frames] as [frames, 60], around the mean joint of the first frame: where somebody stands says nothing of the action. */
const skeletonOf = (path: string, bytes: Buffer): Float64Array => {
  const { shape, values } = matArrayOf(path, bytes);
  const [joints, axes, frames = 0] = shape;
  if (shape.length !== 3 || joints !== JOINTS || axes !== AXES || frames < 1)
    throw new DataError(`${path}: ${shape.join(' × ')} numbers instead of ${JOINTS} × ${AXES} × frames`);
  const sequence = new Float64Array(frames * JOINTS * AXES);
  for (let axis = 0; axis < AXES; axis++) {
    const column = (frame: number) => values.subarray((frame * AXES + axis) * JOINTS, (frame * AXES + axis + 1) * JOINTS);
    const centre = column(0).reduce((sum, value) => sum + value, 0) / JOINTS;
    for (let frame = 0; frame < frames; frame++)
      column(frame).forEach((value, joint) => {
        sequence[(frame * JOINTS + joint) * AXES + axis] = value - centre;
      });
  }
  return sequence;
};

/** Accelerometer and gyroscope of [frames, 6]. */
const inertialOf = (path: string, bytes: Buffer): Float64Array => {
  const { shape, values } = matArrayOf(path, bytes);
  const [frames = 0, sensors] = shape;
  if (shape.length !== 2 || sensors !== SENSORS || frames < 1)
    throw new DataError(`${path}: ${shape.join(' × ')} numbers instead of frames × ${SENSORS}`);
  return Float64Array.from(values, (_, place) => values[(place % SENSORS) * frames + Math.floor(place / SENSORS)] as number);
};

const VIEWS: readonly View[] = [
  { name: 'skeleton', archive: 'Skeleton.zip', channels: JOINTS * AXES, sequence: skeletonOf },
  { name: 'inertial', archive: 'Inertial.zip', channels: SENSORS, sequence: inertialOf },
];

type Recorded = { readonly action: number; readonly subject: number; readonly trial: number; readonly sequence: Float64Array };

const numberOf = ({ action, subject, trial }: Recorded): number => (action * 100 + subject) * 100 + trial;

/** The sequences of a view, by action, subject and trial. */
const readView = async ({ name, archive, sequence }: View, downloads: string): Promise<Recorded[]> => {
  const folder = join(downloads, `${name}-files`);
  const file = new RegExp(`^a(\\d+)_s(\\d+)_t(\\d+)_${name}\\.mat$`);
  const paths: string[] = [];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await unzip(join(downloads, archive), (member) => {
    const own = basename(member);
    if (!file.test(own) || member.includes('__MACOSX')) return null;
    paths.push(join(folder, own));
    return paths.at(-1) as string;
  });
  const recorded: Recorded[] = [];
  for (const path of paths) {
    const [, action, subject, trial] = (file.exec(basename(path)) as RegExpExecArray).map(Number);
    const own = { action: action as number, subject: subject as number, trial: trial as number };
    recorded.push({ ...own, sequence: sequence(basename(path), await readFile(path)) });
  }
  await rm(folder, { recursive: true, force: true });
  return recorded.sort((a, b) => numberOf(a) - numberOf(b));
};

const unpack = async (downloads: string, to: string): Promise<void> => {
  let first: Recorded[] | undefined;
  for (const view of VIEWS) {
    const recorded = await readView(view, downloads);
    first ??= recorded;
    const same =
      recorded.length === first.length && recorded.every((own, k) => numberOf(own) === numberOf((first as Recorded[])[k] as Recorded));
    if (!same) throw new DataError(`${view.archive} and ${VIEWS[0]?.archive} hold different sequences: one of them is not whole`);
    const values = new Float32Array(recorded.length * FRAMES * view.channels);
    recorded.forEach(({ sequence }, k) => {
      values.set(resample(sequence, view.channels, FRAMES), k * FRAMES * view.channels);
    });
    await writeNpy(join(to, `${view.name}.npy`), [recorded.length, FRAMES, view.channels], values);
  }
  const whose = first ?? [];
  await writeNpy(
    join(to, 'labels.npy'),
    [whose.length],
    Int32Array.from(whose, ({ action }) => action - 1),
  );
  await writeNpy(
    join(to, 'subjects.npy'),
    [whose.length],
    Int32Array.from(whose, ({ subject }) => subject),
  );
  const manifest = {
    views: VIEWS.map(({ name }) => ({ name, file: `${name}.npy`, axes: ['time', 'channel'] })),
    labels: 'labels.npy',
    train: { file: 'subjects.npy', subjects: TRAINING_SUBJECTS },
  };
  await writeFile(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
};

/**
 * The skeleton and inertial views of UTD-MHAD, each sequence in 64 frames. Its authors publish no checksums: what comes in is held against
 * what the paper says of it, 861 sequences of 27 actions by 8 subjects, and each file against the archive's own CRC-32.
 */
export const utdMhad: PublishedDataset = {
  title: 'UTD-MHAD, skeleton and inertial views',
  page: 'https://personal.utdallas.edu/~kehtar/UTD-MHAD.html',
  terms: 'Chen, Jafari and Kehtarnavaz 2015; public, cite the paper',
  files: VIEWS.map(({ archive }) => ({
    name: archive,
    urls: [
      'https://personal.utdallas.edu/~kehtar/UTD-MAD/',
      'https://www.utdallas.edu/~kehtar/UTD-MAD/',
      'http://www.utdallas.edu/~kehtar/UTD-MAD/',
    ].map((folder) => `${folder}${archive}`),
  })),
  // Some 50 MB of archives and files, and the arrays.
  unpacked: 120_000_000,
  trainSize: 431,
  testSize: 430,
  unpack,
};
