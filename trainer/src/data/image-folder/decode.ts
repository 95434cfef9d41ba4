import { readFile } from 'node:fs/promises';
import { DataError } from '../data-error.ts';
import type { ImageOptions } from './options.ts';

/** A picture's pixels, row by row, channels last. */
export type Picture = { readonly height: number; readonly width: number; readonly channels: 1 | 3; readonly pixels: Uint8Array };

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

/**
 * Reads a PNG or JPEG file: upright as its EXIF data says, 8 bits per channel, grey or colour, resized if asked for.
 *
 * @throws DataError for a file that is neither, is damaged or cut short, is transparent, or has more than 8 bits per channel.
 */
export const decodePicture = async (path: string, { size, channels }: ImageOptions): Promise<Picture> => {
  const library = await sharp();
  const bytes = await readFile(path).catch((error: Error) => {
    throw new DataError(`${path}: cannot be read (${error.message})`);
  });
  try {
    const picture = library(bytes, { failOn: 'warning' });
    const { format, space, depth, hasAlpha } = await picture.metadata();
    if (format !== 'png' && format !== 'jpeg')
      throw new DataError(`${path}: is a ${format} file, whatever its name; PNG and JPEG are read`);
    if (depth !== 'uchar') throw new DataError(`${path}: has more than 8 bits per channel (${depth}); save it with 8`);
    if (space !== 'srgb' && space !== 'b-w') throw new DataError(`${path}: its colours are ${space}; save it as RGB or grey`);
    if (hasAlpha && !(await picture.stats()).isOpaque) throw new DataError(`${path}: is transparent in places; save it on a background`);
    let made = picture.autoOrient().removeAlpha();
    if (size !== null) made = made.resize({ height: size[0], width: size[1], fit: 'fill', kernel: 'lanczos3' });
    const wanted = channels ?? (space === 'b-w' ? 1 : 3);
    made = made.toColourspace(wanted === 1 ? 'b-w' : 'srgb');
    const { data, info } = await made.raw().toBuffer({ resolveWithObject: true });
    return { height: info.height, width: info.width, channels: wanted, pixels: firstChannels(data, info.channels, wanted) };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(`${path}: damaged, cut short, or no picture at all (${error instanceof Error ? error.message.trim() : error})`);
  }
};

const firstChannels = (data: Uint8Array, found: number, wanted: 1 | 3): Uint8Array => {
  if (found === wanted) return data;
  const step = found === 1 ? 0 : 1;
  return Uint8Array.from(
    { length: (data.length / found) * wanted },
    (_, k) => data[Math.floor(k / wanted) * found + (k % wanted) * step] as number,
  );
};
