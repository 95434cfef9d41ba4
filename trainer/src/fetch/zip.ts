import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { FetchError } from './fetch-error.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONGEST_END = 22 + 65_535;
const STORED = 0;
const DEFLATED = 8;

type Member = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly header: number;
};

const readAt = async (file: FileHandle, at: number, length: number): Promise<Buffer> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
};

/** What the central directory lists. */
const membersOf = async (file: FileHandle): Promise<Member[]> => {
  const { size } = await file.stat();
  const begin = Math.max(0, size - LONGEST_END);
  const tail = await readAt(file, begin, size - begin);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.readUInt32LE(end) !== END) throw new Error('it has no directory');
  const [count, length, start] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (start === 0xffffffff || count === 0xffff) throw new Error('it is a ZIP64 archive, which is not read here');
  const directory = await readAt(file, start, length);
  const members: Member[] = [];
  for (let at = 0, index = 0; index < count; index++) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== ENTRY) throw new Error('its directory is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    members.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      header: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
};

/** Writes one member, and holds its bytes against the CRC-32 that the archive has for them. */
const take = async (archive: string, file: FileHandle, member: Member, to: string): Promise<void> => {
  const { name, method, crc, packed, header } = member;
  if (method !== STORED && method !== DEFLATED) throw new Error(`${name} is packed by method ${method}, which is not read here`);
  const local = await readAt(file, header, 30);
  const start = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  let found = 0;
  const checking = new Transform({
    transform(piece: Buffer, _encoding, done) {
      found = crc32(piece, found);
      done(null, piece);
    },
  });
  await mkdir(dirname(to), { recursive: true });
  if (packed === 0) await (await open(to, 'w')).close();
  else {
    const bytes = createReadStream(archive, { start, end: start + packed - 1, highWaterMark: 2 ** 20 });
    await pipeline(
      bytes,
      method === STORED ? new PassThrough() : createInflateRaw({ chunkSize: 2 ** 18 }),
      checking,
      createWriteStream(to),
    );
  }
  if (found !== crc) throw new Error(`${name} does not have its checksum`);
};

/**
 * Takes files out of a .zip, a Python wheel for instance.
 *
 * @param place where a member of that name is to lie; null: it is left out
 * @throws FetchError if the archive is damaged, cut short, or of a kind that is not read here
 */
export const unzip = async (archive: string, place: (name: string) => string | null): Promise<void> => {
  const file = await open(archive);
  try {
    for (const member of await membersOf(file)) {
      const to = member.name.endsWith('/') ? null : place(member.name);
      if (to !== null) await take(archive, file, member, to);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== '' && !code.startsWith('Z_') && !code.startsWith('ERR_')) throw error;
    throw new FetchError(
      `${archive} is damaged or cut short (${error instanceof Error ? error.message : error}); remove it and start again`,
    );
  } finally {
    await file.close();
  }
};
