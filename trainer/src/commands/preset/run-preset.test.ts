import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { specText } from '@studyhall/contract/spec/identity.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '../../data/sha256.ts';
import { eager } from '../../engine/eager.ts';
import { earlierContract, readEarlier } from '../../spec/testing/earlier-contract.ts';
import { TrainingStopped } from '../../training/failure.ts';
import { makeTinyData, type TinyData } from '../../training/testing/tiny-data.ts';
import type { Preset } from './deck.ts';
import { type PlannedGroup, planPreset } from './plan.ts';
import { runPreset } from './run-preset.ts';

const spec = (method: object, networks = ['mlp-4']) => ({
  dataset: 'tiny',
  networks: networks.map((model) => ({ model })),
  method,
  training: { epochs: 2, batchSize: 32 },
});
const group = (key: string, method: object, networks?: string[]) => ({ key, title: key, spec: spec(method, networks), seeds: [1, 2] });
const contrast = { of: { group: 'pair', network: 0, name: 'Together' }, against: { group: 'alone', network: 0, name: 'alone' } };
const preset: Preset = {
  scale: 'TINY',
  dataset: 'tiny',
  duration: 'a moment',
  groups: [
    group('alone', { independent: {} }),
    group('pair', { mutual: {} }, ['mlp-4', 'mlp-4']),
    group('teacher', { independent: {} }, ['mlp-8']),
    group('taught', { distillation: { teachers: [{ group: { groupKey: 'preset:teacher' } }] } }),
  ],
  contrasts: [{ ...contrast, metric: 'TEST_ACCURACY' }],
};

let data: TinyData;
let out: string;
beforeEach(async () => {
  data = await makeTinyData();
  out = await mkdtemp(join(tmpdir(), 'studyhall-preset-'));
});
afterEach(async () => {
  await data.remove();
  await rm(out, { recursive: true });
});

/** Runs the preset and gives what it printed. @param until is asked after each line; stops once it is true. */
const run = async (changes: Partial<Preset> = {}, seeds: number[] | null = null, until: (lines: string[]) => boolean = () => false) => {
  const lines: string[] = [];
  const controller = new AbortController();
  const write = (line: string) => {
    lines.push(line);
    if (until(lines)) controller.abort();
  };
  const job = { name: 'try', preset: { ...preset, ...changes }, seeds, out, checkpointEvery: 1, folders: data.folders, write };
  const results = await runPreset({ ...job, engine: eager('cpu'), signal: controller.signal });
  return { results, lines };
};

describe('a preset without a server', () => {
  it('trains every group and seed, hands teachers over, and ends with table and differences', async () => {
    const { results, lines } = await run();
    expect([...results].map(([key, runs]) => [key, [...runs.keys()]])).toEqual(preset.groups.map(({ key, seeds }) => [key, seeds]));
    const [together, alone] = ['pair', 'alone'].map((key) => results.get(key)?.get(1)?.networks[0]?.testAccuracy ?? Number.NaN);
    const difference = 100 * ((together as number) - (alone as number));
    const printed = lines.find((line) => line.startsWith('Together against alone: '));
    expect(printed).toContain('points of test accuracy, mean ± sd over 2 seeds (');
    expect(printed).toContain(`(${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(1)}, `);
    expect(lines.join('\n')).toMatch(/group +member +validation % +test % +entropy, nats +seeds\nalone +network 1 /);
    expect(JSON.parse(await readFile(join(out, 'try-tiny.json'), 'utf8')).groups.length).toBe(4);
  });

  it('does not train again what lies there, from whichever preset', async () => {
    const first = await run({ groups: preset.groups.slice(0, 2) }, [5]);
    const renamed = preset.groups.slice(0, 2).map((one) => ({ ...one, key: `${one.key}-too` }));
    const second = await run({ groups: renamed, contrasts: [] }, [5]);
    expect(second.lines.filter((line) => line.includes('was there already')).length).toBe(2);
    expect(second.results.get('alone-too')).toEqual(first.results.get('alone'));
    expect((await readdir(out)).filter((name) => !name.endsWith('.json')).length).toBe(2);
  });

  it('does not train again what an earlier version left, be it with fewer settings or in a folder named after all of them', async () => {
    const groups = preset.groups.slice(2);
    await run({ groups, contrasts: [] }, [5]);
    for (const { spec: now, folder } of planPreset({ ...preset, groups }, out)) {
      const earlier = readEarlier(JSON.parse(JSON.stringify(now)));
      expect(folder.slice(-10)).toBe(sha256Of([specText(earlier, earlierContract)]).slice(0, 10));
      const path = join(folder, 'seed-5', 'run.json');
      await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), spec: earlier }));
    }
    const already = async () =>
      (await run({ groups, contrasts: [] }, [5])).lines.filter((line) => line.includes('was there already')).length;
    expect(await already()).toBe(2);

    // As they lay there before defaults were left out: teachers, too, were named after all of their spec.
    const [teacher, taught] = planPreset({ ...preset, groups }, out) as [PlannedGroup, PlannedGroup];
    const named = (value: unknown) => sha256Of([JSON.stringify(value)]);
    const key = sha256Of([specText(teacher.spec)]);
    for (const { spec: now, folder } of [teacher, taught]) {
      const former = JSON.parse(JSON.stringify(now).replace(key, named(teacher.spec)));
      const path = join(folder, 'seed-5', 'run.json');
      await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), spec: former }));
      await rename(folder, `${folder.slice(0, -10)}${named(former).slice(0, 10)}`);
    }
    expect(await already()).toBe(2);
  });

  it('refuses what lies there once its dataset has become another', async () => {
    const changes = { groups: preset.groups.slice(0, 1), contrasts: [] };
    await run(changes, [5]);
    const images = join(data.folders.data, 'tiny', 't10k-images-idx3-ubyte');
    const bytes = await readFile(images);
    bytes[bytes.length - 1] = 255 - (bytes.at(-1) as number);
    await writeFile(images, bytes);
    await expect(run(changes, [5])).rejects.toThrow(/seed-5 holds a run on other content of tiny \(sha256:.*name another folder by --out/);
  });

  it('says so before anything is trained when its dataset is not here', async () => {
    await expect(run({ dataset: 'mnist' })).rejects.toThrow('dataset "mnist" is not here; there are shapes-16, shapes-32, tiny');
    expect(await readdir(out)).toEqual([]);
  });

  it('stops within a batch and goes on where it stopped, with the same numbers', async () => {
    const whole = await run({}, [1]);
    const kept = out;
    out = await mkdtemp(join(tmpdir(), 'studyhall-preset-'));
    await rm(kept, { recursive: true });
    await expect(run({}, [1], (lines) => lines.length === 3)).rejects.toThrow(TrainingStopped);
    const { results, lines } = await run({}, [1]);
    expect(lines.filter((line) => line.includes('was there already')).length).toBe(2);
    expect(results).toEqual(whole.results);
  });
});
