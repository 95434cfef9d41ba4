import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSeeds } from './checks/check-seeds.ts';
import { checkSpecOn } from './checks/check-spec.ts';
import { readSpec } from './read-spec.ts';
import type { RunSpec } from './run-spec.ts';

type Preset = { experiment: { slug: string; title: string; note: string }; groups: { title: string; spec: unknown; seeds: number[] }[] };

const file = path.join(import.meta.dirname, '../../api/presets/quick-start.json');
const shapes = { name: 'shapes-16', views: [{ name: 'rgb', shape: [16, 16, 3] }], classCount: 20, trainSize: 4000 };

describe('presets', () => {
  it('the quick start holds specs that would be taken, three seeds each', async () => {
    const preset = JSON.parse(await readFile(file, 'utf8')) as Preset;
    expect(preset.experiment.slug).toBe('quick-start');
    const methods = preset.groups.map(({ spec, seeds }) => {
      const { spec: normal, problems } = readSpec(spec);
      expect([...checkSeeds(seeds), ...problems]).toEqual([]);
      expect(checkSpecOn(normal as RunSpec, shapes)).toEqual([]);
      expect(seeds.length).toBe(3);
      return Object.keys(normal?.method ?? {})[0];
    });
    expect(methods).toEqual(expect.arrayContaining(['independent', 'distillation', 'mutual']));
  });
});
