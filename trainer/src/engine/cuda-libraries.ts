import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders in which the system looks for CUDA's libraries, or its installers put them; the environment's first. */
export const cudaFolders = (env: NodeJS.ProcessEnv = process.env): string[] => {
  const local = existsSync('/usr/local') ? readdirSync('/usr/local').filter((name) => name.startsWith('cuda')) : [];
  return [...libraryPath(env), ...local.map((name) => join('/usr/local', name, 'lib64')), '/usr/lib/x86_64-linux-gnu', '/usr/lib64'];
};

/** The folders of LD_LIBRARY_PATH: what lies there comes before what a library names itself. */
export const libraryPath = (env: NodeJS.ProcessEnv = process.env): string[] =>
  (env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');

/** The first of these folders that holds libraries of CUDA 13. */
export const findCuda13 = (folders: readonly string[]): string | undefined =>
  folders.find((folder) => ['libcudart.so.13', 'libcublas.so.13'].some((name) => existsSync(join(folder, name))));
