import type { PublishedFile } from '../../fetch/published-file.ts';

/** A dataset that its authors serve to everybody, and how it becomes a folder that trainers read. */
export type PublishedDataset = {
  readonly title: string;
  /** The authors' page. */
  readonly page: string;
  /** On what terms, in a few words. */
  readonly terms: string;
  readonly files: readonly PublishedFile[];
  /** Bytes that the folder takes when it is unpacked. */
  readonly unpacked: number;
  /** Samples that the splits have when all is there. */
  readonly trainSize: number;
  readonly testSize: number;
  /** Makes the dataset's folder of the files, which lie in another one and may be moved from there. */
  unpack(downloads: string, to: string): Promise<void>;
};
