import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDataset } from '../catalogue.ts';

type Shade = number | [number, number, number];

/** A picture of one shade, but for its first pixel, which is black. */
const raw = (shade: Shade, [height, width]: [number, number] = [2, 3]) => {
  const pixel = [shade].flat();
  const data = Buffer.from(Array.from({ length: height * width }, () => pixel).flat());
  data.fill(0, 0, pixel.length);
  return sharp(data, { raw: { height, width, channels: pixel.length as 1 | 3 } });
};
const png = (shade: Shade, size?: [number, number]) =>
  raw(shade, size)
    .toColourspace(typeof shade === 'number' ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
const jpeg = (shade: Shade, size?: [number, number]) =>
  raw(shade, size)
    .toColourspace(typeof shade === 'number' ? 'b-w' : 'srgb')
    .jpeg()
    .toBuffer();

type Content = Record<string, Buffer | string | null>;

const files = async (): Promise<Content> => ({
  'train/cat/a.png': await png(10),
  'train/cat/b.png': await png(20),
  'train/dog/a.PNG': await png(30),
  'test/cat/a.png': await png(40),
  'test/dog/a.png': await png(50),
});

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'studyhall-pictures-'));
});
afterEach(() => rm(data, { recursive: true }));

const open = async (content: Content) => {
  await mkdir(join(data, 'pets'), { recursive: true });
  for (const [name, bytes] of Object.entries(content)) {
    if (bytes === null) continue;
    await mkdir(dirname(join(data, 'pets', name)), { recursive: true });
    await writeFile(join(data, 'pets', name), bytes);
  }
  return (await findDataset('pets', { data, cache: join(data, 'cache') })).load();
};

const failure = async (change: Content): Promise<string> => {
  await rm(join(data, 'pets'), { recursive: true, force: true });
  return open({ ...(await files()), ...change }).then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replaceAll(`${data}/pets/`, '').replaceAll(`${data}/pets`, 'FOLDER'),
  );
};

describe('a folder of pictures', () => {
  it('has a class for every folder in train, its samples in the order of their names', async () => {
    const { views, classes, train, test } = await open({ ...(await files()), 'train/cat/.DS_Store': 'x', 'README.md': 'pets' });
    expect(views).toEqual([{ name: 'image', shape: [2, 3, 1] }]);
    expect(classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
    expect(train.labels).toEqual(Int32Array.of(0, 0, 1));
    expect(train.views.image).toEqual(Uint8Array.from([10, 20, 30].flatMap((shade) => [0, ...Array(5).fill(shade)])));
    expect(test.labels).toEqual(Int32Array.of(0, 1));
  });

  it('keeps colours, and hashes pixels, not files', async () => {
    const colours = async (compressionLevel: number): Promise<Content> =>
      Object.fromEntries(
        await Promise.all(
          ['train/cat/a.png', 'train/dog/a.png', 'test/cat/a.png', 'test/dog/a.png'].map(
            async (name, k) => [name, await raw([k, 100, 200]).png({ compressionLevel }).toBuffer()] as const,
          ),
        ),
      );
    const dataset = await open(await colours(0));
    expect(dataset.views).toEqual([{ name: 'image', shape: [2, 3, 3] }]);
    expect([...(dataset.train.views.image as Uint8Array).subarray(18, 24)]).toEqual([0, 0, 0, 1, 100, 200]);
    expect((await open(await colours(9))).hash).toBe(dataset.hash);
  });

  it('reads JPEG, upright as the camera held it', async () => {
    const turned = await raw([200, 100, 0], [8, 16]).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { views, train } = await open({
      'train/cat/a.jpg': turned,
      'train/dog/a.jpeg': await jpeg([60, 0, 0], [16, 8]),
      'test/cat/a.jpg': await jpeg([90, 0, 0], [16, 8]),
      'test/dog/a.JPG': await jpeg([120, 0, 0], [16, 8]),
    });
    expect(views).toEqual([{ name: 'image', shape: [16, 8, 3] }]);
    // JPEG is not exact.
    const last = (train.views.image as Uint8Array).subarray(16 * 8 * 3 - 3, 16 * 8 * 3);
    [200, 100, 0].forEach((shade, k) => {
      expect(Math.abs((last[k] as number) - shade)).toBeLessThan(8);
    });
  });

  it('is brought to one size and kind where dataset.json says so', async () => {
    const odd = { 'train/dog/a.PNG': null, 'train/dog/a.png': await png([5, 50, 90], [7, 9]) };
    const content = { ...(await files()), ...odd, 'dataset.json': '{"size": [4, 4], "channels": 3}' };
    const { views, train } = await open(content);
    expect(views).toEqual([{ name: 'image', shape: [4, 4, 3] }]);
    expect([...(train.views.image as Uint8Array).subarray(-3)]).toEqual([5, 50, 90]);
    const grey = await open({ 'dataset.json': '{"size": [4, 4], "channels": 1}' });
    expect(grey.views).toEqual([{ name: 'image', shape: [4, 4, 1] }]);
    const last = (grey.train.views.image as Uint8Array).at(-1) as number;
    expect(last).toBeGreaterThan(5);
    expect(last).toBeLessThan(90);
    expect(await failure({ 'dataset.json': '{"size": [4]}' })).toMatch(/^dataset.json: size is \[4\]; it must be \[height, width\]/);
    expect(await failure({ 'dataset.json': '{"channels": 4}' })).toMatch(/channels is 4; it must be 1 \(grey\) or 3 \(colour\)/);
    expect(await failure({ 'dataset.json': '{"resize": 4}' })).toMatch(/unknown field "resize"; there may be size, channels/);
  });

  it('names the odd one out: another size, or colour among grey', async () => {
    expect(await failure({ 'test/dog/a.png': await png(50, [4, 3]) })).toBe(
      'test/dog/a.png: is 4 × 3 pixels, but train/cat/a.png is 2 × 3; make them one size, or give "size": [height, width] in dataset.json',
    );
    expect(await failure({ 'train/cat/b.png': await png([1, 2, 3]) })).toBe(
      'train/cat/b.png: is colour, but train/cat/a.png is grey; give "channels": 1 (grey) or 3 (colour) in dataset.json',
    );
  });

  it('names a file that is damaged, cut short, or no picture', async () => {
    const whole = await jpeg(100, [64, 64]);
    const cut = async (bytes: Buffer, name: string) => failure({ 'train/cat/b.png': null, [name]: bytes });
    const noise = sharp(Buffer.from(Array.from({ length: 64 * 64 }, (_, k) => (k * 7919) % 251)), {
      raw: { height: 64, width: 64, channels: 1 },
    });
    const photo = await noise.jpeg().toBuffer();
    expect(await cut(photo.subarray(0, photo.length / 2), 'train/cat/b.jpg')).toMatch(
      /^train\/cat\/b.jpg: damaged, cut short, or no picture/,
    );
    expect(await cut(whole.subarray(0, 40), 'train/cat/b.jpg')).toMatch(/^train\/cat\/b.jpg: damaged/);
    const flawed = await png(20, [40, 40]);
    expect(await failure({ 'train/cat/b.png': flawed.subarray(0, flawed.length - 30) })).toMatch(/^train\/cat\/b.png: damaged/);
    expect(await failure({ 'train/cat/b.png': '<html>' })).toMatch(/^train\/cat\/b.png: damaged, cut short, or no picture/);
    expect(await failure({ 'train/cat/b.png': Buffer.alloc(0) })).toMatch(/^train\/cat\/b.png: damaged/);
    expect(await failure({ 'train/cat/b.png': await raw([1, 2, 3]).webp().toBuffer() })).toMatch(/is a webp file, whatever its name/);
    expect(await failure({ 'train/cat/notes.txt': 'a cat' })).toBe(
      'train/cat/notes.txt: is not a picture; only .png, .jpg and .jpeg files may lie there',
    );
  });

  it('names the first few of several, and counts the others', async () => {
    const bad = Object.fromEntries(['b', 'c', 'd', 'e', 'f'].map((name) => [`train/cat/${name}.png`, '<html>']));
    expect(await failure({ ...bad, 'train/cat/a.png': await png([1, 2, 3]), 'test/dog/a.png': await png(50, [4, 3]) })).toMatch(
      /^FOLDER: 8 pictures cannot be used: test\/cat\/a.png: is grey, but train\/cat\/a.png is colour.*; test\/dog\/a.png: is 4 × 3 pixels.*; train\/cat\/b.png: damaged.* and 5 more$/,
    );
    const texts = Object.fromEntries([1, 2, 3, 4, 5].map((k) => [`train/cat/notes-${k}.txt`, 'a cat']));
    expect(await failure(texts)).toBe(
      'train/cat/notes-1.txt: is not a picture; only .png, .jpg and .jpeg files may lie there (and 4 more there: notes-2.txt, notes-3.txt, notes-4.txt and 1 more)',
    );
  });

  it('tells of every class that cannot be used', async () => {
    const empty = { 'train/dog/a.PNG': null, 'train/dog/.keep': '', 'test/cat/a.png': null, 'test/cat/notes.txt': 'a cat' };
    expect(await failure(empty)).toMatch(
      /^FOLDER: 2 folders of classes cannot be used: train\/dog: holds no pictures.*; test\/cat\/notes.txt: is not a picture/,
    );
  });

  it('reads what viewers read although their decoder warns, and says so', async () => {
    // The last of the three bytes before the entropy-coded data: a sequential JPEG should have 0 there, some cameras do not.
    const odd = Buffer.from(await jpeg(100));
    const scan = odd.indexOf(Buffer.from([0xff, 0xda]));
    odd[scan + 1 + odd.readUInt16BE(scan + 2)] = 1;
    const content = {
      'train/cat/a.jpg': odd,
      'train/dog/a.jpg': await jpeg(60),
      'test/cat/a.jpg': await jpeg(90),
      'test/dog/a.jpg': await jpeg(30),
    };
    const { train, remark } = await open(content);
    expect(remark).toMatch(/^1 picture was read although the decoder warns: train\/cat\/a.jpg \(.+\)$/);
    await rm(join(data, 'pets'), { recursive: true });
    const plain = await open({ ...content, 'train/cat/a.jpg': await jpeg(100) });
    expect(train.views).toEqual(plain.train.views);
    expect(plain.remark).toBeUndefined();
  });

  it('takes no notice of what systems leave behind, whatever its case', async () => {
    const streams = ['train/cat/a.png:Zone.Identifier', 'test/dog/a.png:AFP_AfpInfo'];
    const left = [...streams, 'train/Thumbs.db', 'train/cat/THUMBS.DB', 'train/cat/Desktop.ini', 'train/cat/._a.png', 'test/dog/.DS_Store'];
    const folders = [
      'train/@eaDir/a.png',
      'train/cat/@eadir/a.png',
      'test/__MACOSX/x',
      'lost+found/x',
      '$RECYCLE.BIN/x',
      'test/.ipynb_checkpoints/a.png',
    ];
    expect(await failure(Object.fromEntries([...left, ...folders].map((name) => [name, 'x'])))).toBe('nothing was wrong');
  });

  it('says of what cannot be looked at why, and of no file that it is a link', async () => {
    await open(await files());
    await symlink('c.png', join(data, 'pets/train/cat/c.png'));
    expect(await open(await files()).catch((error: Error) => error.message)).toMatch(/train\/cat\/c.png: cannot be read \(ELOOP/);
    await rm(join(data, 'pets/train/cat/c.png'));
    await symlink('nowhere', join(data, 'pets/train/cat/c.png'));
    expect(await open(await files()).catch((error: Error) => error.message)).toMatch(/train\/cat\/c.png: is a link that leads nowhere$/);
  });

  it('has one class for one name, however its accents are written', async () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    const content = async (train: string, test: string): Promise<Content> => ({
      [`train/${train}/a.png`]: await png(10),
      'train/cat/a.png': await png(20),
      [`test/${test}/a.png`]: await png(30),
      'test/cat/a.png': await png(40),
    });
    const mixed = await open(await content(composed, decomposed));
    expect(mixed.classes.map(({ name }) => name)).toEqual([composed, 'cat'].sort());
    await rm(join(data, 'pets'), { recursive: true });
    expect((await open(await content(decomposed, decomposed))).hash).toBe(mixed.hash);
    expect(await failure({ 'test/dog/a.png': null, 'test/Dog/a.png': await png(50) })).toBe(
      'test: the class dog is missing, which is in train; "Dog" is there, which is not "dog": give both one name',
    );
  });

  it.skipIf(process.platform === 'darwin')('tells names apart that look the same', async () => {
    const folders = ['caf\u00e9', 'cafe\u0301'].map((name) => [`train/${name}/a.png`, 'x']);
    expect(await failure(Object.fromEntries(folders))).toBe(
      'train: the folders "cafe\\u{301}" and "caf\\u{e9}" are one name, written in two ways; join them',
    );
  });

  it.skipIf(process.platform === 'darwin' || process.platform === 'win32')('says that a name is not UTF-8', async () => {
    await open(await files());
    await writeFile(
      Buffer.concat([Buffer.from(join(data, 'pets/train/cat/caf')), Buffer.from([0xe9]), Buffer.from('.png')]),
      await png(60),
    );
    await expect(open(await files())).rejects.toThrow('train/cat: the name caf\\xe9.png is not UTF-8; rename it');
  });

  it('refuses what cannot be read as grey or colour without a loss: transparency, 16 bits', async () => {
    const clear = await sharp({ create: { width: 3, height: 2, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } } })
      .png()
      .toBuffer();
    expect(await failure({ 'train/cat/b.png': clear })).toMatch(/is transparent in places/);
    const deep = await raw(20).toColourspace('grey16').png().toBuffer();
    expect(await failure({ 'train/cat/b.png': deep })).toMatch(/more than 8 bits per channel \(ushort\)/);
  });

  it('names missing, empty and differing classes, and what lies in the wrong place', async () => {
    expect(await failure({ 'test/cat/a.png': null, 'test/dog/a.png': null, 'val/cat/a.png': 'x' })).toMatch(
      /^FOLDER: the folder test is missing; val is there: call it test/,
    );
    expect(await failure({ 'val/cat/a.png': 'x' })).toMatch(/^val: only train and test may lie here/);
    expect(await failure({ 'test/dog/a.png': null })).toBe('test: the class dog is missing, which is in train');
    expect(await failure({ 'test/eel/a.png': 'x' })).toBe('train: the class eel is missing, which is in test');
    expect(await failure({ 'train/c.png': 'x' })).toMatch(/^train\/c.png: lies beside the classes/);
    expect(await failure({ 'train/cat/old/c.png': 'x' })).toMatch(/^train\/cat\/old: is a folder within a class/);
    expect(await failure({ 'test/dog/a.png': null, 'test/dog/.keep': '' })).toMatch(
      /^test\/dog: holds no pictures; every class needs some/,
    );
    expect(await failure({ 'train/dog/a.PNG': null, 'test/dog/a.png': null })).toMatch(
      /^train: holds 1 classes; there must be at least two/,
    );
    await symlink(join(data, 'nowhere'), join(data, 'pets', 'train', 'cat', 'z.png'));
    await expect(open(await files())).rejects.toThrow('z.png: is a link that leads nowhere');
  });

  it('refuses one picture under two classes, or in train and test', async () => {
    const same = await png(10);
    expect(await failure({ 'train/dog/b.png': same })).toBe(
      'FOLDER: 1 picture lies in two classes, or in train and test: train/dog/b.png = train/cat/a.png',
    );
    expect(await failure({ 'test/cat/z.png': same, 'test/cat/y.png': await png(20) })).toBe(
      'FOLDER: 2 pictures lie in two classes, or in train and test: test/cat/y.png = train/cat/b.png is the first',
    );
    expect(await failure({ 'train/cat/c.png': same })).toBe('nothing was wrong');
  });
});
