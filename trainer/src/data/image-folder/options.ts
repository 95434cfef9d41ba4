import { readJson, Section } from '../json-section.ts';

/** Name of the file that may say so. */
export const OPTIONS = 'dataset.json';

/** How pictures are brought to one shape. Null: they must have one already. */
export type ImageOptions = {
  /** Height and width in pixels. */
  readonly size: readonly [number, number] | null;
  /** 1: grey, 3: colour. */
  readonly channels: 1 | 3 | null;
};

const LARGEST_EXTENT = 4096;

/**
 * Reads an image folder's dataset.json.
 *
 * @throws DataError for JSON that cannot be read, or an unknown or wrong field.
 */
export const readImageOptions = async (path: string): Promise<ImageOptions> => {
  const section = new Section(path, await readJson(path), ['size', 'channels']);
  const readSize = (): readonly [number, number] | null => {
    if (!section.has('size')) return null;
    const wanted = `[height, width], two whole numbers from 1 to ${LARGEST_EXTENT}`;
    const [height, width, ...more] = section.list('size', wanted).map(Number);
    const fits = (extent: number | undefined): extent is number =>
      Number.isInteger(extent) && extent !== undefined && extent >= 1 && extent <= LARGEST_EXTENT;
    return fits(height) && fits(width) && more.length === 0 ? [height, width] : section.fail('size', wanted);
  };
  const channels = section.object('channels');
  if (channels !== undefined && channels !== 1 && channels !== 3) section.fail('channels', '1 (grey) or 3 (colour)');
  return { size: readSize(), channels: (channels as 1 | 3 | undefined) ?? null };
};
