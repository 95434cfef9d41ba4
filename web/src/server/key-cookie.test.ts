import { describe, expect, it } from 'vitest';
import { forgetKey, keepKey, keyCookieName, keyCookies, ownKeys } from './key-cookie.ts';

const name = keyCookieName(3000, '1a2b3c4d');

describe('the cookie that holds a key', () => {
  it('has a name of its own for each port and instance', () => {
    expect(name).toBe('studyhall_3000_1a2b3c4d');
    expect(keyCookieName(3001, '1a2b3c4d')).not.toBe(name);
    expect(keyCookieName(3000, 'ffffffff')).not.toBe(name);
  });

  it('is passed on to the API with those of other Studyhalls, and nothing else is', () => {
    expect(keyCookies(`theme=dark; ${name}=shp_a-b_c; studyhall_3001_ff=shp_d; studyhall=x; _ga=1`)).toBe(
      `${name}=shp_a-b_c; studyhall_3001_ff=shp_d`,
    );
    for (const header of [undefined, null, '', 'theme=dark', ';;=;', 'studyhall_']) expect(keyCookies(header)).toBeUndefined();
  });

  it.each([
    ['empty', ''],
    ['no ASCII', 'sh€p'],
    ['bytes of no ASCII', 'â\x82¬'],
    ['spaces within', 'shp a'],
    ['quotes', '"shp_a"'],
    ['a control character', 'shp_\x07'],
    ['longer than any key', 'x'.repeat(513)],
  ])('counts as nothing if it is malformed: %s', (_, value) => {
    expect(keyCookies(`${name}=${value}`)).toBeUndefined();
    expect(ownKeys(`${name}=${value}`, name)).toEqual({ keys: [], present: true });
  });

  it('is not decoded: what looks like an escape is a key that nobody knows, and does no harm', () => {
    for (const value of ['%E2%82%AC', '%', '%zz']) expect(keyCookies(`${name}=${value}`)).toBe(`${name}=${value}`);
  });

  it('may be there several times, once for each path', () => {
    expect(ownKeys(`${name}=old; x=1; ${name}=new; ${name}=`, name)).toEqual({ keys: ['old', 'new'], present: true });
    expect(ownKeys('studyhall_3001_ff=a', name)).toEqual({ keys: [], present: false });
  });

  it('is kept for its sub-path alone, and forgotten wherever it may lie', () => {
    expect(keepKey({ name, path: '/' }, 'shp_a', false)).toEqual([`${name}=shp_a; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`]);
    expect(keepKey({ name, path: '/studyhall' }, 'shp_a', true)).toEqual([
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure`,
      `${name}=shp_a; Path=/studyhall; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure`,
    ]);
    expect(forgetKey({ name, path: '/' })).toHaveLength(1);
    expect(forgetKey({ name, path: '/studyhall' }).map((header) => /Path=(\S+);/.exec(header)?.[1])).toEqual(['/', '/studyhall']);
  });
});
