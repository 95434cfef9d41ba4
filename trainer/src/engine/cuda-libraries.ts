import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folders in which installers put CUDA's libraries, and which the system's loader need not know. */
const installed = (): string[] =>
  existsSync('/usr/local')
    ? readdirSync('/usr/local')
        .filter((name) => name.startsWith('cuda'))
        .map((name) => join('/usr/local', name, 'lib64'))
    : [];

/** Folders in which the system looks for CUDA's libraries, or its installers put them; the environment's first. */
export const cudaFolders = (env: NodeJS.ProcessEnv = process.env): string[] => [
  ...libraryPath(env),
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib64',
  ...installed(),
];

/** The folders of LD_LIBRARY_PATH: what lies there comes before what a library names itself. */
export const libraryPath = (env: NodeJS.ProcessEnv = process.env): string[] =>
  (env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');

/** The first of these folders that holds libraries of CUDA 13. */
export const findCuda13 = (folders: readonly string[]): string | undefined =>
  folders.find((folder) => ['libcudart.so.13', 'libcublas.so.13'].some((name) => existsSync(join(folder, name))));

const NAMES = ['libcudart', 'libcublas', 'libcublasLt', 'libcurand'] as const;
/** Opened by name only when it is used, so that the library does not list it. */
const CUDNN = 'libcudnn.so.9';

/**
 * NVIDIA's libraries that ONNX Runtime's needs, with the versions that it was built for: `libcudart.so.12`. Read out of the file itself, whatever
 * its package is called; what it is linked to stands there before any other text.
 */
export const neededOf = (library: string): string[] => {
  const bytes = readFileSync(library);
  const linked = NAMES.flatMap((name) => {
    const start = `${name}.so.`;
    for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
      const version = /^\d+(?=\0)/.exec(bytes.toString('latin1', at + start.length, at + start.length + 8))?.[0];
      if (version !== undefined) return [`${start}${version}`];
    }
    return [];
  });
  return [...linked, CUDNN];
};
