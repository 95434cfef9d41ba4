import { describe, expect, it } from 'vitest';
import { holdsOtherOption, holdsOtherText } from './use-early-change.ts';

const select = (value: string, ...values: string[]) => ({ value, options: values.map((value) => ({ value })) });

describe('a field that has come alive', () => {
  it('holds what was typed early', () => {
    expect(holdsOtherText({ value: '1,000' }, '20')).toBe(true);
    expect(holdsOtherText({ value: '' }, '20')).toBe(true);
    expect(holdsOtherText({ value: 'a' }, '')).toBe(true);
  });

  it('holds what was rendered, a number too', () => {
    expect(holdsOtherText({ value: '20' }, '20')).toBe(false);
    expect(holdsOtherText({ value: '4' }, 4)).toBe(false);
  });

  it('says nothing where React does not control it', () => expect(holdsOtherText({ value: 'secret' }, undefined)).toBe(false));
});

describe('a select that has come alive', () => {
  it('holds what was chosen early', () => {
    expect(holdsOtherOption(select('b', 'a', 'b'), 'a')).toBe(true);
    expect(holdsOtherOption(select('', '', 'a'), 'a')).toBe(true);
  });

  it('holds what was rendered', () => expect(holdsOtherOption(select('a', 'a', 'b'), 'a')).toBe(false));

  it('shows its first option while none is the one rendered: nobody chose that', () =>
    expect(holdsOtherOption(select('a', 'a', 'b'), 'gone')).toBe(false));
});
