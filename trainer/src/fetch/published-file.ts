import type { Checksum } from './checksum.ts';

/** A file that others publish, as it has to be. */
export type PublishedFile = {
  readonly name: string;
  /** Where it is served: the publisher's own address first, then mirrors. */
  readonly urls: readonly string[];
  /** Bytes; absent where they are not known beforehand. */
  readonly size?: number;
  /** Absent where the publisher states none and nobody else's can be trusted. */
  readonly checksum?: Checksum;
};
