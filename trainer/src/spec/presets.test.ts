import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSpec } from './read-spec.ts';

const folder = fileURLToPath(new URL('../../../api/presets/', import.meta.url));
const presets = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('presets', () => {
  it.each(presets)('%s holds specs that can be run', (name) => {
    const { groups } = JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as { groups: { spec: unknown; seeds: number[] }[] };
    expect(groups.length).toBeGreaterThan(0);
    for (const { spec, seeds } of groups) {
      readSpec(spec);
      expect(new Set(seeds).size).toBe(seeds.length);
    }
  });
});
