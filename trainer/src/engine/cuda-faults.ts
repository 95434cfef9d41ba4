import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from './cards.ts';
import { neededOf } from './cuda-libraries.ts';
import { isOlder } from './version-order.ts';

/** The first drivers that run every version of CUDA 12 and of CUDA 13, as NVIDIA's release notes have them. */
export const FIRST_DRIVERS: Readonly<Record<'12' | '13', string>> = { '12': '525.60.13', '13': '580.65.06' };

type Found = { readonly folders: readonly string[]; readonly loaderFolders: readonly string[]; readonly cards: readonly Card[] };

const holds = (folder: string, library: string): boolean => existsSync(join(folder, library));

/** The library in another version, such as `libcudart.so.13` where 12 is wanted, with its folder. */
const otherVersion = (library: string, folders: readonly string[]): string | undefined => {
  const stem = library.slice(0, library.lastIndexOf('.') + 1);
  for (const folder of folders.filter((own) => existsSync(own))) {
    const other = readdirSync(folder).find((name) => name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)));
    if (other !== undefined) return `${folder} has ${other}`;
  }
  return undefined;
};

/**
 * What of CUDA a library needs and does not find, each as a sentence that names found and wanted; none: all is there.
 *
 * @param library ONNX Runtime's for CUDA
 * @param found.folders where CUDA may lie; `loaderFolders`, those of them in which the system looks by itself
 */
export const cudaFaults = (library: string, { folders, loaderFolders, cards }: Found): string[] => {
  const needed = neededOf(library);
  const cuda = /\d+$/.exec(needed.find((name) => name.startsWith('libcudart')) ?? '')?.[0];
  const driver = cuda === '12' || cuda === '13' ? FIRST_DRIVERS[cuda] : undefined;
  const old = driver === undefined ? [] : cards.filter((card) => isOlder(card.driver, driver));
  const elsewhere = new Set<string>();
  const faults: string[] = [];
  for (const name of needed) {
    if (loaderFolders.some((folder) => holds(folder, name))) continue;
    const place = folders.find((folder) => holds(folder, name));
    if (place !== undefined) elsewhere.add(place);
    else {
      const other = otherVersion(name, folders);
      faults.push(other === undefined ? `${name} is wanted, and not found` : `${name} is wanted, and ${other}`);
    }
  }
  return [
    ...(cards.length === 0 ? ['nvidia-smi shows no card: it has to work in this very shell or container'] : []),
    ...(old.length > 0 && old.length === cards.length
      ? old.map((card) => `the driver ${card.driver} of ${card.name} is too old for CUDA ${cuda}: ${driver} or newer is wanted`)
      : []),
    ...faults,
    ...[...elsewhere].map(
      (folder) => `CUDA's libraries in ${folder} may be out of the loader's sight: put that folder into LD_LIBRARY_PATH`,
    ),
  ];
};
