import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { written } from '@studyhall/contract/settings/written.ts';
import { hasChecksum } from './checksum.ts';
import { FetchError } from './fetch-error.ts';
import type { Progress } from './progress.ts';
import type { PublishedFile } from './published-file.ts';
import { request, WrongAnswer } from './request.ts';

type Options = {
  readonly progress?: Progress;
  /** Milliseconds without a byte after which a server is given up. */
  readonly patience?: number;
};

const PATIENCE = 30_000;
/** Connections to one server, each of which has to bring something. */
const MOST_CONNECTIONS = 50;

const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;

/** Writes what comes, all of it: bytes that a stream still held when a connection was cut would be fetched again. */
const receive = (
  answer: IncomingMessage,
  file: number,
  { from, most, total, progress }: { from: number; most: number | undefined; total: number | undefined; progress: Progress | undefined },
): Promise<void> =>
  new Promise((resolve, reject) => {
    let received = from;
    answer.on('data', (piece: Buffer) => {
      try {
        received += piece.length;
        if (most !== undefined && received > most) throw new WrongAnswer(`serves more than the ${most} bytes of the file`);
        for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
        progress?.(received, total);
      } catch (error) {
        reject(error);
        answer.destroy();
      }
    });
    answer.on('end', resolve);
    answer.on('error', reject);
  });

/** How many bytes the file has that an answer is a part of. */
const wholeSize = (status: number | undefined, range: string | undefined, length: string | undefined): number | undefined => {
  const text = status === 206 ? range?.split('/')[1] : length;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};

/** One connection: takes up where the part ends, if the server can, else from the beginning. */
const connect = async (url: string, part: string, file: PublishedFile, { progress, patience = PATIENCE }: Options): Promise<void> => {
  const have = await sizeOf(part);
  if (file.size !== undefined && have === file.size) return;
  const answer = await request(url, have, patience);
  try {
    const { 'content-range': range, 'content-length': length } = answer.headers;
    if (answer.statusCode === 416 || (answer.statusCode === 206 && !range?.startsWith(`bytes ${have}-`))) {
      await rm(part, { force: true });
      throw new Error('cannot go on where the download ended');
    }
    const total = wholeSize(answer.statusCode, range, length);
    if (file.size !== undefined && total !== undefined && total !== file.size)
      throw new WrongAnswer(
        `serves ${written(total)} bytes instead of ${written(file.size)}: another file, or a page that asks for something`,
      );
    const from = answer.statusCode === 206 ? have : 0;
    const output = openSync(part, from > 0 ? 'a' : 'w');
    try {
      await receive(answer, output, { from, most: file.size, total: file.size ?? total, progress });
    } finally {
      closeSync(output);
    }
    const received = await sizeOf(part);
    if (file.size !== undefined && received < file.size) throw new Error(`ended after ${written(received)} of ${written(file.size)} bytes`);
  } finally {
    answer.destroy();
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** The disk's fault, which no other server mends. */
const isOurs = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EFBIG', 'EIO'].includes(codeOf(error));

/** As many connections as bring the file nearer, and one beyond a part that cannot be gone on with. */
const collect = async (url: string, part: string, file: PublishedFile, options: Options): Promise<void> => {
  for (let connection = 1; ; connection++) {
    const before = await sizeOf(part);
    try {
      return await connect(url, part, file, options);
    } catch (error) {
      const after = await sizeOf(part);
      const inVain = after === before || connection === MOST_CONNECTIONS;
      if (error instanceof WrongAnswer || isOurs(error) || inVain) throw error;
    }
  }
};

/** @throws WrongAnswer if what this server gave is not the file, and not because of what was there before. */
const fromServer = async (url: string, path: string, file: PublishedFile, options: Options): Promise<void> => {
  const part = `${path}.part`;
  for (;;) {
    const resumed = (await sizeOf(part)) > 0;
    await collect(url, part, file, options);
    const checked = file.checksum === undefined ? { right: true, found: '' } : await hasChecksum(part, file.checksum);
    if (checked.right) return rename(part, path);
    await rm(part, { force: true });
    if (!resumed) throw new WrongAnswer(`serves other bytes: ${checked.found} instead of ${file.checksum}`);
  }
};

const reasonOf = (error: unknown): string => {
  const said = error instanceof Error ? error.message : String(error);
  // A connection that every address of a host refused says nothing by itself.
  return said || codeOf(error) || 'cannot be reached';
};

/** Whether the file lies there, right as far as that can be known. */
export const isWhole = async (path: string, { size, checksum }: PublishedFile): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || (size !== undefined && found.size !== size)) return false;
  return checksum === undefined || (await hasChecksum(path, checksum)).right;
};

/**
 * Fetches a file into a folder, unless it lies there already. A download that was cut goes on where it ended, now and at the next call;
 * servers are asked in their order, and what one gives counts only with the right size and checksum.
 *
 * @returns the file's path
 * @throws FetchError naming every server and what was wrong with it, or what the disk lacks.
 */
export const fetchFile = async (file: PublishedFile, folder: string, options: Options = {}): Promise<string> => {
  const path = join(folder, file.name);
  await mkdir(folder, { recursive: true });
  if (await isWhole(path, file)) return path;
  await rm(path, { force: true });
  const failures: string[] = [];
  for (const url of file.urls) {
    try {
      await fromServer(url, path, file, options);
      return path;
    } catch (error) {
      if (isOurs(error))
        throw new FetchError(
          `${path}.part could not be written (${reasonOf(error)}): free some space and start again; what is there is kept`,
        );
      failures.push(`${url} ${error instanceof WrongAnswer ? error.message : `could not be read: ${reasonOf(error)}`}`);
    }
  }
  throw new FetchError(`${file.name} could not be fetched:\n${failures.map((line) => `  ${line}`).join('\n')}`);
};
