import { describe, expect, it } from 'vitest';
import { separatorsOf } from '@/lib/numbers/separators.ts';
import { parseSeeds } from './seeds.ts';

describe('parseSeeds', () => {
  it('takes lists and ranges, each seed once', () => {
    expect(parseSeeds('1-3, 7 2')).toEqual({ seeds: [1, 2, 3, 7], problem: null });
    expect(parseSeeds('0')).toEqual({ seeds: [0], problem: null });
  });

  it('reads them as people write them', () => {
    for (const text of ['1 - 3', '1–3', '１-３', '1;2;3', '1,2,3', '1 2 3', ' 1, 2, 3 ']) expect(parseSeeds(text).seeds).toEqual([1, 2, 3]);
    expect(parseSeeds('8\u202f000, 1e3, 100, 200')).toEqual({ seeds: [8000, 1000, 100, 200], problem: null });
    expect(parseSeeds('1.000', separatorsOf('de')).seeds).toEqual([1000]);
  });

  it('takes none of a text in which one is doubtful', () => {
    for (const text of ['1,000', '10,000', '1, 100,200', '100 200', '1.000', '1, 000'])
      expect(parseSeeds(text)).toEqual({ seeds: [], problem: expect.any(String) });
    expect(parseSeeds('1,000').problem).toBe('“1,000” can mean one number or 2: write 1000, or 1; 0.');
    for (const text of ['0x10', '1.5', '1,5-2', '1-2-3', '1e-3', '1 -2', '2147483648', 'Infinity', '1-'])
      expect(parseSeeds(text).problem).toEqual(text === '1,5-2' ? '5-2 runs backwards.' : expect.stringContaining('is not a seed'));
  });

  it('says which part is wrong', () => {
    expect(parseSeeds('1, x').problem).toContain('“x” is not a seed');
    expect(parseSeeds('-1').problem).toContain('“-1”');
    expect(parseSeeds('3-1').problem).toBe('3-1 runs backwards.');
    expect(parseSeeds('').problem).toContain('At least one seed');
  });

  it('stops at fifty', () => {
    expect(parseSeeds('1-50').problem).toBeNull();
    expect(parseSeeds('1-51').problem).toContain('51 seeds');
    expect(parseSeeds('1-5000').problem).toBe('1-5000 names 5,000 seeds; at most 50 at once.');
    expect(parseSeeds('1-40, 101-140').problem).toContain('80 seeds');
  });
});
