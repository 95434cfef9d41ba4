import type { Readable } from 'node:stream';

/** Why an upload was refused, by the status that says so. 503: the store itself is away, the same may pass later. */
export class UploadError extends Error {
  constructor(
    readonly status: 400 | 413 | 503 | 507,
    message: string,
  ) {
    super(message);
  }
}

/** Bytes of a file from the first to the last, both counted, from 0. */
export type ByteRange = { start: number; end: number };

/** Files by their SHA-256. One is there whole or not at all; many processes may use one store side by side. */
export interface ArtifactStore {
  /** What people call it: a folder, or a bucket with its address. */
  readonly name: string;

  /** @throws Error saying what is wrong with its settings. */
  open(): Promise<void>;

  /** @throws UploadError (413) for so many bytes. */
  checkSize(bytes: number): void;

  /** Size in bytes; undefined if it is not there. */
  size(sha256: string): Promise<number | undefined>;

  /** Its bytes; what goes wrong is an error of the stream. */
  read(sha256: string, range?: ByteRange): Readable;

  /**
   * Takes bytes in and checks them while they come.
   *
   * @param take whether whoever sends them may upload so many more; negative ones are given back.
   * @param keep records the file; called once it is in place. What it records cannot be collected meanwhile.
   * @returns how many there were.
   * @throws UploadError if they are others than announced (400), too many (413), for want of room (507), or if the store is away (503). Then
   * nothing is kept.
   */
  receive(sha256: string, body: Readable, take: (bytes: number) => boolean, keep: (bytes: number) => Promise<void>): Promise<number>;

  /** One that is not there is no error. */
  remove(sha256: string): Promise<void>;

  /** Hashes of all files that are older than that. */
  olderThan(ageMs: number): AsyncGenerator<string>;

  /** Removes uploads that broke off long ago. */
  removeBroken(ageMs: number): Promise<void>;
}
