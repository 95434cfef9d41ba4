import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { holdLock } from '../../../../start/machine/lock.mjs';
import { FetchError } from '../../fetch/fetch-error.ts';
import { fetchFile } from '../../fetch/fetch-file.ts';
import type { Progress } from '../../fetch/progress.ts';
import { untar } from '../../fetch/tar.ts';
import { unzip } from '../../fetch/zip.ts';
import { expectAgreement } from '../agreement.ts';
import { eager } from '../eager.ts';
import { EngineError } from '../engine-error.ts';
import type { TensorFlowName } from '../names.ts';
import { loadTensorFlow } from './load.ts';
import { expectMachine, type Machine, readMachine } from './machine.ts';
import { bindingIn, librariesIn, packageIn, placesIn } from './place.ts';
import { BUILDS, type Build, isTaken, REQUIRED } from './wheels.ts';

type Options = {
  readonly say: (line: string) => void;
  readonly progressOf: (file: string) => Progress;
  /** What it is made of, and the machine; absent: what is published, and this one. */
  readonly build?: Build;
  readonly machine?: Machine;
};

/** The package's own two sources, against the wheel's library. */
const compile = async (folder: string): Promise<void> => {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageIn(folder), 'binding', name));
  const includes = [join(folder, 'node-api', 'include'), join(librariesIn(folder), 'tensorflow', 'include')].map((own) => `-I${own}`);
  await mkdir(dirname(bindingIn(folder)), { recursive: true });
  const libraries = ['-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];
  // What those libraries need in turn is found when they are loaded, not here.
  const found = [`-L${join(librariesIn(folder), 'tensorflow')}`, ...libraries, '-Wl,-rpath,$ORIGIN/../../../../../site/tensorflow'];
  const options = ['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8'];
  const run = promisify(execFile);
  await run('g++', [...options, ...includes, ...sources, ...found, '-o', bindingIn(folder)], { maxBuffer: 2 ** 26 }).catch((error) => {
    throw new EngineError(`g++ could not build the binding of tfjs-node:\n${String(error.stderr ?? error.message).slice(0, 2000)}`);
  });
};

/** Fetches everything, and takes out of it what is needed. */
const collect = async ({ wheels, packages }: Build, fetched: string, fresh: string, { progressOf }: Options): Promise<void> => {
  for (const [folder, file] of Object.entries(packages)) {
    const archive = await fetchFile(file, fetched, { progress: progressOf(file.name) });
    await untar(archive, (name) => (name.includes('..') ? null : join(fresh, folder, name.slice(name.indexOf('/') + 1))));
  }
  for (const wheel of wheels) {
    const archive = await fetchFile(wheel, fetched, { progress: progressOf(wheel.name) });
    await unzip(archive, (name) => (isTaken(name) && !name.includes('..') ? join(librariesIn(fresh), name) : null));
  }
  const missing = REQUIRED.filter((name) => !existsSync(join(librariesIn(fresh), name)));
  if (missing.length > 0)
    throw new FetchError(`${wheels[0]?.name} is not the wheel that it is named for: it does not hold ${missing.join(' and ')}`);
  const assembler = join(librariesIn(fresh), 'nvidia', 'cuda_nvcc', 'bin', 'ptxas');
  if (existsSync(assembler)) await chmod(assembler, 0o755);
};

/**
 * Puts an engine on TensorFlow under a folder: fetches, builds, and renames it into place only after it multiplied two matrices rightly and took a
 * training step as the reference does; on a GPU, if it is one for that. What was cut goes on where it ended when called again.
 *
 * @throws EngineError or FetchError saying what this machine lacks or what went wrong; nothing is in place then.
 */
export const installTensorFlow = async (name: TensorFlowName, engines: string, options: Options): Promise<string> => {
  const { say, build = BUILDS[name], machine = await readMachine(engines) } = options;
  expectMachine(name, build.needed, machine);
  await mkdir(engines, { recursive: true });
  const { engine, fetched, fresh, lock: lockFile } = placesIn(engines, name);
  const lock = await holdLock(lockFile);
  if (lock === null) throw new EngineError(`${name} is being installed into ${engines} already`);
  try {
    await rm(fresh, { recursive: true, force: true });
    say('fetching TensorFlow from PyPI and the packages from npm, without Python');
    await collect(build, fetched, fresh, options);
    say('building the binding with g++');
    await compile(fresh);
    const { backend, version } = loadTensorFlow(name, fresh, 1);
    await expectAgreement(eager(backend, { name }));
    await rm(engine, { recursive: true, force: true });
    await rename(fresh, engine);
    await rm(fetched, { recursive: true, force: true });
    return `TensorFlow ${version} in ${engine}`;
  } finally {
    await lock.release();
  }
};

/** Removes the engine and what was fetched for it. @returns whether it was there. */
export const uninstallTensorFlow = async (name: TensorFlowName, engines: string): Promise<boolean> => {
  const { engine, fetched, fresh } = placesIn(engines, name);
  const was = existsSync(engine);
  for (const folder of [engine, fetched, fresh]) await rm(folder, { recursive: true, force: true });
  return was;
};
