import { describe, expect, it } from 'vitest';
import { readBasePath, withBasePath, withoutBasePath } from './base-path.ts';

const read = (BASE_PATH?: string) => readBasePath({ BASE_PATH });

describe('BASE_PATH', () => {
  it('may be written with and without slashes around it; empty means none', () => {
    expect(['/studyhall', 'studyhall', '/studyhall/', ' /studyhall '].map(read)).toEqual(Array(4).fill('/studyhall'));
    expect(read('/lab/study.hall-2')).toBe('/lab/study.hall-2');
    expect([undefined, '', '/', ' '].map(read)).toEqual(['', '', '', '']);
  });

  it('is refused where it is no path, or one of our own', () => {
    for (const path of ['http://host/studyhall', '/study hall', '/a//b', '/../x', '/ä', '/a?b', '/a#b'])
      expect(() => read(path), path).toThrow(`BASE_PATH is ${path}; it must be a path of`);
    expect(() => read('/runs')).toThrow('"runs" is an address of Studyhall\'s own');
    expect(() => read('/graphql/x')).toThrow('choose another');
  });
});

describe('an address below it', () => {
  const strip = (url: string) => withoutBasePath(url, '/studyhall');
  const add = (url: string) => withBasePath(url, '/studyhall');

  it('is the same whether a proxy has taken the base path away or not', () => {
    for (const [whole, stripped] of [
      ['/studyhall/runs?state=FAILED', '/runs?state=FAILED'],
      ['/studyhall/graphql', '/graphql'],
      ['/studyhall/_next/static/a.js', '/_next/static/a.js'],
    ] as const) {
      expect([strip(whole), strip(stripped)]).toEqual([stripped, stripped]);
      expect([add(whole), add(stripped)]).toEqual([whole, whole]);
    }
  });

  it('has its start at the base path itself', () => {
    expect(['/studyhall', '/studyhall/', '/'].map(add)).toEqual(['/studyhall', '/studyhall', '/studyhall']);
    expect(['/studyhall?q=a', '/?q=a'].map(add)).toEqual(['/studyhall?q=a', '/studyhall?q=a']);
    expect(strip('/studyhall?q=a')).toBe('/?q=a');
  });

  it('is not what merely begins alike', () => {
    expect(strip('/studyhalls/graphql')).toBe('/studyhalls/graphql');
    expect(add('/studyhalls')).toBe('/studyhall/studyhalls');
  });

  it('is left as it is without a base path', () => {
    expect([withBasePath('/runs', ''), withoutBasePath('/runs', '')]).toEqual(['/runs', '/runs']);
  });
});
