import { describe, expect, it } from 'vitest';
import { parseSeeds } from './seeds.ts';

describe('parseSeeds', () => {
  it('takes lists and ranges, each seed once', () => {
    expect(parseSeeds('1-3, 7 2')).toEqual({ seeds: [1, 2, 3, 7], problem: null });
    expect(parseSeeds('0')).toEqual({ seeds: [0], problem: null });
  });

  it('says which part is wrong', () => {
    expect(parseSeeds('1, x').problem).toContain('“x” is no seed');
    expect(parseSeeds('-1').problem).toContain('“-1”');
    expect(parseSeeds('3-1').problem).toBe('3-1 runs backwards.');
    expect(parseSeeds('').problem).toContain('At least one seed');
  });

  it('stops at fifty', () => {
    expect(parseSeeds('1-50').problem).toBeNull();
    expect(parseSeeds('1-51').problem).toContain('51 seeds');
    expect(parseSeeds('1-40, 101-140').problem).toContain('80 seeds');
  });
});
