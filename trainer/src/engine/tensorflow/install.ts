import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { holdLock } from '../../../../start/machine/lock.mjs';
import { expectSpace } from '../../fetch/expect-space.ts';
import { fetchFile } from '../../fetch/fetch-file.ts';
import type { Progress } from '../../fetch/progress.ts';
import { untar } from '../../fetch/tar.ts';
import { unzip } from '../../fetch/zip.ts';
import { EngineError } from '../engine-error.ts';
import { isTaken, NEEDED, PACKAGES, WHEEL } from './files.ts';
import { loadTensorFlow } from './load.ts';
import { bindingIn, librariesIn, packageIn, placesIn } from './place.ts';

const run = promisify(execFile);

type Machine = { readonly platform: string; readonly arch: string; readonly compiler: string };
type Options = { readonly say: (line: string) => void; readonly progressOf: (file: string) => Progress };

const HERE: Machine = { platform: process.platform, arch: process.arch, compiler: 'g++' };

/** @throws EngineError naming all that this machine lacks. */
export const expectMachine = async ({ platform, arch, compiler }: Machine = HERE): Promise<void> => {
  if (platform !== 'linux' || arch !== 'x64')
    throw new EngineError(
      `tfjs-node is installed on Linux x64 only, and this is ${platform} ${arch}; the engine that works here is compiled-cpu`,
    );
  await run(compiler, ['--version']).catch(() => {
    throw new EngineError(`tfjs-node needs a C++ compiler, and ${compiler} does not start: on Debian and Ubuntu, apt-get install g++`);
  });
};

/** The package's own two sources, against the wheel's library. */
const build = async (folder: string): Promise<void> => {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageIn(folder), 'binding', name));
  const includes = [join(folder, 'node-api', 'include'), join(librariesIn(folder), 'tensorflow', 'include')].map((own) => `-I${own}`);
  await mkdir(dirname(bindingIn(folder)), { recursive: true });
  const libraries = ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];
  const found = [`-L${join(librariesIn(folder), 'tensorflow')}`, ...libraries, '-Wl,-rpath,$ORIGIN/../../../../../site/tensorflow'];
  const options = ['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8'];
  await run('g++', [...options, ...includes, ...sources, ...found, '-o', bindingIn(folder)], { maxBuffer: 2 ** 26 }).catch((error) => {
    throw new EngineError(`g++ could not build the binding of tfjs-node:\n${String(error.stderr ?? error.message).slice(0, 2000)}`);
  });
};

/**
 * Puts the engine `tfjs-node` under a folder: fetches, builds, and renames it into place only after it multiplied two matrices rightly. What was
 * cut goes on where it ended when called again.
 *
 * @throws EngineError or FetchError saying what this machine lacks or what went wrong; nothing is in place then.
 */
export const installTensorFlow = async (engines: string, { say, progressOf }: Options): Promise<string> => {
  await expectMachine();
  await mkdir(engines, { recursive: true });
  await expectSpace(engines, NEEDED);
  const { engine, fetched, fresh, lock: lockFile } = placesIn(engines);
  const lock = await holdLock(lockFile);
  if (lock === null) throw new EngineError(`tfjs-node is being installed into ${engines} already`);
  try {
    await rm(fresh, { recursive: true, force: true });
    for (const [folder, file] of Object.entries(PACKAGES)) {
      const archive = await fetchFile(file, fetched, { progress: progressOf(file.name) });
      await untar(archive, (name) => (name.includes('..') ? null : join(fresh, folder, name.slice(name.indexOf('/') + 1))));
    }
    const wheel = await fetchFile(WHEEL, fetched, { progress: progressOf(WHEEL.name) });
    await unzip(wheel, (name) => (isTaken(name) && !name.includes('..') ? join(librariesIn(fresh), name) : null));
    say('building the binding with g++');
    await build(fresh);
    const { version } = loadTensorFlow(fresh, 1);
    await rm(engine, { recursive: true, force: true });
    await rename(fresh, engine);
    await rm(fetched, { recursive: true, force: true });
    return `TensorFlow ${version} in ${engine}`;
  } finally {
    await lock.release();
  }
};

/** Removes the engine and what was fetched for it. @returns whether it was there. */
export const uninstallTensorFlow = async (engines: string): Promise<boolean> => {
  const { engine, fetched, fresh } = placesIn(engines);
  const was = existsSync(engine);
  for (const folder of [engine, fetched, fresh]) await rm(folder, { recursive: true, force: true });
  return was;
};
