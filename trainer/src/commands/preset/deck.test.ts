import { describe, expect, it } from 'vitest';
import { UsageError } from '../../cli.ts';
import { findPreset, presetNames, readDeck } from './deck.ts';
import { readPresetOptions } from './options.ts';
import { planPreset } from './plan.ts';

const presets = readDeck().systems.flatMap(({ slug, presets }) => presets.map((preset) => ({ name: `${slug}, ${preset.scale}`, preset })));

describe("the deck's presets", () => {
  it.each(presets)('$name holds specs that can be run, and names metrics that are known', ({ preset }) => {
    const planned = planPreset(preset, '/out');
    expect(planned.length).toBe(preset.groups.length);
    expect(new Set(planned.map(({ folder }) => folder)).size).toBe(planned.length);
  });

  it('are found by name and scale, in any case', () => {
    expect(findPreset('mutual', 'Tiny').scale).toBe('TINY');
    expect(() => findPreset('mutal', 'tiny')).toThrow(`there is no preset "mutal"; there are: ${presetNames().join(', ')}`);
    expect(() => findPreset('mutual', 'huge')).toThrow('--scale is "huge"; mutual has: tiny, small, paper');
  });

  it('are asked for by options that fit together', () => {
    expect(readPresetOptions({ preset: 'mutual', scale: 'tiny', seeds: '4, 5' }, []).seeds).toEqual([4, 5]);
    const refused = [{ scale: 'tiny' }, { preset: 'mutual' }, { preset: 'mutual', scale: 'tiny', seeds: '1,1' }];
    for (const given of [...refused, { preset: 'mutual', scale: 'tiny', seed: '1' }, { preset: 'mutual', scale: 'tiny', seeds: '' }])
      expect(() => readPresetOptions(given, [])).toThrow(UsageError);
    expect(() => readPresetOptions({ preset: 'mutual', scale: 'tiny' }, ['spec.json'])).toThrow('not both');
  });
});
