import { systems } from '@studyhall/contract/deck/systems.ts';
import { describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../cli.ts';
import { run } from '../run.ts';
import { findPreset, presetNames } from './deck.ts';
import { readPresetOptions } from './options.ts';
import { planPreset } from './plan.ts';

const presets = systems.flatMap(({ slug, presets }) => presets.map((preset) => ({ name: `${slug}, ${preset.scale}`, preset })));

describe("the deck's presets", () => {
  it.each(presets)('$name holds specs that can be run, and names metrics that are known', ({ preset }) => {
    const planned = planPreset(preset, '/out');
    expect(planned.length).toBe(preset.groups.length);
    expect(new Set(planned.map(({ folder }) => folder)).size).toBe(planned.length);
  });

  it('keep long cohorts in folders whose names a file system takes', () => {
    const networks = Array.from({ length: 16 }, (_, k) => ({
      model: `mlp-${Array(8)
        .fill(1000 + k)
        .join('-')}`,
    }));
    const spec = { dataset: 'shapes-16', networks, method: { mutual: {} } };
    const group = { key: 'long', title: 'Long', spec, seeds: [1] };
    const [planned] = planPreset({ scale: 'TINY', dataset: 'shapes-16', duration: 'long', groups: [group], contrasts: [] }, '/out');
    expect(planned?.folder).toMatch(/^\/out\/mutual-mlp-1000-1000-1000-1000-1000-1000-1000-1000-and-15-more-[0-9a-f]{10}$/);
  });

  it('are found by name and scale, in any case', () => {
    expect(findPreset('mutual', 'Tiny').scale).toBe('TINY');
    expect(() => findPreset('mutal', 'tiny')).toThrow(`there is no preset "mutal"; there are: ${presetNames().join(', ')}`);
    expect(() => findPreset('mutual', 'huge')).toThrow('--scale is "huge"; mutual has: tiny, small, paper');
  });

  it('are listed by name, one a line', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const code = await run(['--list-presets']);
    const printed = write.mock.calls.join('');
    write.mockRestore();
    expect(code).toBe(0);
    expect(printed.split('\n')).toEqual([...presetNames(), '']);
    expect(presetNames()).toContain('mutual');
  });

  it('are asked for by options that fit together', () => {
    expect(readPresetOptions({ preset: 'mutual', scale: 'tiny', seeds: '4, 5' }, []).seeds).toEqual([4, 5]);
    const refused = [{ scale: 'tiny' }, { preset: 'mutual' }, { preset: 'mutual', scale: 'tiny', seeds: '1,1' }];
    for (const given of [...refused, { preset: 'mutual', scale: 'tiny', seed: '1' }, { preset: 'mutual', scale: 'tiny', seeds: '' }])
      expect(() => readPresetOptions(given, [])).toThrow(UsageError);
    expect(() => readPresetOptions({ preset: 'mutual', scale: 'tiny' }, ['spec.json'])).toThrow('not both');
  });
});
