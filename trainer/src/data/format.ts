import type { DatasetSource } from './dataset.ts';

/** A way in which a dataset can lie in a folder. */
export interface DatasetFormat {
  readonly name: string;
  /** Whether a folder with these files is meant to be of this format; whether it is whole, its source tells. */
  recognises(files: readonly string[]): boolean;
  /** The datasets of such a folder: usually one, called as the folder is. */
  sources(name: string, folder: string, files: readonly string[]): readonly DatasetSource[];
}
