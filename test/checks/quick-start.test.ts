import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkSeeds } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { checkSpecOn } from '@studyhall/contract/spec/checks/check-spec.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { describe, expect, it } from 'vitest';

type Preset = { experiment: { slug: string; title: string; note: string }; groups: { title: string; spec: unknown; seeds: number[] }[] };

const file = path.join(import.meta.dirname, '../../start/quick-start.json');
const shapes = { name: 'shapes-16', views: [{ name: 'rgb', shape: [16, 16, 3] }], classCount: 20, trainSize: 4000 };

describe('the quick start', () => {
  it('holds specs that would be taken, three seeds each', async () => {
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
