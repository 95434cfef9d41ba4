import { readFile } from 'node:fs/promises';
import { DataError } from '../data-error.ts';
import type { ImageOptions } from './options.ts';

/** A picture's pixels, row by row, channels last. */
export type Picture = {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
  /** What the decoder found odd and read all the same; null mostly. */
  readonly warning: string | null;
};

type Sharp = typeof import('sharp')['default'];

let loaded: Promise<Sharp> | undefined;

/** Loaded when the first picture is read: machines without pictures do without it. */
const sharp = async (): Promise<Sharp> => {
  loaded ??= import('sharp').then(({ default: library }) => {
    // The same pixels on every machine, and no picture kept after it was read.
    library.simd(false);
    library.cache(false);
    return library;
  });
  try {
    return await loaded;
  } catch (error) {
    throw new DataError(
      `pictures cannot be read here: sharp does not work (${error instanceof Error ? error.message.split('\n')[0] : error})`,
    );
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message.trim().replaceAll('\n', ', ') : String(error));

/**
 * Reads a PNG or JPEG file: upright as its EXIF data says, 8 bits per channel, grey or colour, resized if asked for. What viewers shrug off, it
 * reads as they do, and says so.
 *
 * @throws DataError for a file that is neither, is damaged or cut short, is transparent, or has more than 8 bits per channel.
 */
export const decodePicture = async (path: string, options: ImageOptions): Promise<Picture> => {
  const library = await sharp();
  const bytes = await readFile(path).catch((error: Error) => {
    throw new DataError(`${path}: cannot be read (${error.message})`);
  });
  const decode = (failOn: 'warning' | 'error') => decodeBytes(library, path, bytes, options, failOn);
  try {
    return { ...(await decode('warning')), warning: null };
  } catch (first) {
    if (first instanceof DataError) throw first;
    try {
      return {
        ...(await decode('error')),
        warning: reasonOf(first).replace(/^Warning treated as error due to failOn setting(, )?/, '') || 'it does not say of what',
      };
    } catch (error) {
      throw new DataError(`${path}: damaged, cut short, or no picture at all (${reasonOf(error)})`);
    }
  }
};

const decodeBytes = async (
  library: Sharp,
  path: string,
  bytes: Buffer,
  { size, channels }: ImageOptions,
  failOn: 'warning' | 'error',
): Promise<Omit<Picture, 'warning'>> => {
  const picture = library(bytes, { failOn });
  const { format, space, depth, hasAlpha } = await picture.metadata();
  if (format !== 'png' && format !== 'jpeg') throw new DataError(`${path}: is a ${format} file, whatever its name; PNG and JPEG are read`);
  if (depth !== 'uchar') throw new DataError(`${path}: has more than 8 bits per channel (${depth}); save it with 8`);
  if (space !== 'srgb' && space !== 'b-w') throw new DataError(`${path}: its colours are ${space}; save it as RGB or grey`);
  if (hasAlpha && !(await picture.stats()).isOpaque) throw new DataError(`${path}: is transparent in places; save it on a background`);
  let made = picture.autoOrient().removeAlpha();
  if (size !== null) made = made.resize({ height: size[0], width: size[1], fit: 'fill', kernel: 'lanczos3' });
  const wanted = channels ?? (space === 'b-w' ? 1 : 3);
  made = made.toColourspace(wanted === 1 ? 'b-w' : 'srgb');
  const { data, info } = await made.raw().toBuffer({ resolveWithObject: true });
  return { height: info.height, width: info.width, channels: wanted, pixels: firstChannels(data, info.channels, wanted) };
};

const firstChannels = (data: Uint8Array, found: number, wanted: 1 | 3): Uint8Array => {
  if (found === wanted) return data;
  const step = found === 1 ? 0 : 1;
  return Uint8Array.from(
    { length: (data.length / found) * wanted },
    (_, k) => data[Math.floor(k / wanted) * found + (k % wanted) * step] as number,
  );
};
