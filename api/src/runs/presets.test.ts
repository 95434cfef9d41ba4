import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../errors.ts';
import { buildSchema } from '../schema/index.ts';
import { specType } from '../schema/spec-type.ts';
import { checkSeeds, checkSpec } from './check-spec.ts';
import { coerce } from './coerce.ts';
import type { RunSpec } from './spec.ts';

type Preset = { experiment: { slug: string; title: string; note: string }; groups: { title: string; spec: unknown; seeds: number[] }[] };

const file = path.join(import.meta.dirname, '../../presets/quick-start.json');
const shapes = { name: 'shapes-16', views: [{ name: 'rgb', shape: [16, 16, 3] }], classCount: 20, trainSize: 4000 };

describe('presets', () => {
  it('the quick start holds specs that would be taken, three seeds each', async () => {
    const preset = JSON.parse(await readFile(file, 'utf8')) as Preset;
    expect(preset.experiment.slug).toBe('quick-start');
    const methods = preset.groups.map(({ spec, seeds }) => {
      const problems: Problem[] = checkSeeds(seeds);
      const normal = coerce(specType(buildSchema()), spec, [], problems) as RunSpec;
      expect(problems).toEqual([]);
      expect(checkSpec(normal, shapes)).toEqual([]);
      expect(seeds.length).toBe(3);
      return Object.keys(normal.method)[0];
    });
    expect(methods).toEqual(expect.arrayContaining(['independent', 'distillation', 'mutual']));
  });
});
