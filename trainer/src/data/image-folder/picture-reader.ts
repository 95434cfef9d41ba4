import { join, relative } from 'node:path';
import { alive } from '../../alive.ts';
import { quantity } from '../../quantity.ts';
import { DataError } from '../data-error.ts';
import type { Samples } from '../dataset.ts';
import { several } from '../several.ts';
import type { LabelledFile } from './class-folders.ts';
import { decodePicture, type Picture } from './decode.ts';
import { type ImageOptions, OPTIONS } from './options.ts';

/** Name of the one view that pictures have. */
export const VIEW = 'image';

/** Pictures decoded side by side; each keeps one thread busy and some megabytes in memory. */
const AT_ONCE = 8;

/** More bytes than any trainer should have to hold. */
const MOST_BYTES = 8 * 2 ** 30;

const shapeOf = ({ height, width, channels }: Picture) => [height, width, channels];

const kind = (channels: number) => (channels === 1 ? 'grey' : 'colour');

type First = { readonly path: string; readonly picture: Picture };

/** Reads pictures of one shape, which the first of all decides, into samples; gathers what is wrong with any of them. */
export class PictureReader {
  readonly #folder: string;
  readonly #options: ImageOptions;
  /** By path: why it was refused. */
  readonly #faults = new Map<string, string>();
  /** By path: what its decoder found odd. */
  readonly #warnings = new Map<string, string>();
  #first: First | null = null;

  constructor(folder: string, options: ImageOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  get shape(): readonly number[] {
    return this.#first === null ? [] : shapeOf(this.#first.picture);
  }

  /** What is to be said of pictures that were read although their decoder found fault with them. */
  get remark(): string | undefined {
    const count = this.#warnings.size;
    if (count === 0) return undefined;
    const found = [...this.#warnings].sort().map(([path, warning]) => `${relative(this.#folder, path)} (${warning})`);
    return `${count} picture${count > 1 ? 's were' : ' was'} read although the decoder warns: ${several(found, ', ')}`;
  }

  /** Pictures of whom any is refused become no samples: `checkAll` tells of them. */
  async read(files: readonly LabelledFile[]): Promise<Samples> {
    this.#first ??= await this.#findFirst(files);
    const size = this.#first?.picture.pixels.length ?? 0;
    if (files.length * size > MOST_BYTES) {
      const taken = quantity(files.length * size, 'B');
      throw new DataError(`${this.#folder}: ${files.length} pictures would take ${taken}; give a smaller "size" in ${OPTIONS}`);
    }
    const values = new Uint8Array(files.length * size);
    let next = 0;
    const work = async () => {
      for (let place = next++; place < files.length; place = next++) {
        const picture = await this.#decode((files[place] as LabelledFile).path);
        if (picture !== null) values.set(picture.pixels, place * size);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return { size: files.length, labels: Int32Array.from(files, ({ label }) => label), views: { [VIEW]: values } };
  }

  /** @throws DataError naming the first few pictures that were refused, and counting the others. */
  checkAll(): void {
    const faults = [...this.#faults].sort().map(([, fault]) => fault);
    const [first] = faults;
    if (first === undefined) return;
    // All alike where no picture can be read at all.
    if (new Set(faults).size === 1) throw new DataError(first);
    const shown = faults.map((fault) => fault.replaceAll(join(this.#folder, '/'), ''));
    throw new DataError(`${this.#folder}: ${faults.length} pictures cannot be used: ${several(shown, '; ')}`);
  }

  async #findFirst(files: readonly LabelledFile[]): Promise<First | null> {
    for (const { path } of files) {
      const picture = await this.#decode(path);
      if (picture !== null) return { path, picture };
    }
    return null;
  }

  /** Null for a picture that is refused. */
  async #decode(path: string): Promise<Picture | null> {
    try {
      const picture = await decodePicture(path, this.#options);
      alive();
      this.#check(path, picture);
      if (picture.warning !== null) this.#warnings.set(path, picture.warning);
      return picture;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#faults.set(path, error.message);
      return null;
    }
  }

  #check(path: string, picture: Picture): void {
    if (this.#first === null) return;
    const { path: firstPath, picture: first } = this.#first;
    const other = relative(this.#folder, firstPath);
    if (picture.height !== first.height || picture.width !== first.width) {
      throw new DataError(
        `${path}: is ${picture.height} × ${picture.width} pixels, but ${other} is ${first.height} × ${first.width}; make them one size, or give "size": [height, width] in ${OPTIONS}`,
      );
    }
    if (picture.channels !== first.channels) {
      throw new DataError(
        `${path}: is ${kind(picture.channels)}, but ${other} is ${kind(first.channels)}; give "channels": 1 (grey) or 3 (colour) in ${OPTIONS}`,
      );
    }
  }
}
