import { describe, expect, it } from 'vitest';
import { checkValues, maxValues } from './body-values.ts';

const check = (text: string) => checkValues(Buffer.from(text));

describe('the values of a body', () => {
  it('are counted before it is parsed', () => {
    check(`[${'[],'.repeat(maxValues / 2 - 1)}[]]`.slice(2));
    expect(() => check(`[${'[],'.repeat(maxValues / 2)}[]]`)).toThrow(`may hold ${maxValues.toLocaleString('en')} values`);
    expect(() => check(`{"a":[${'{"a":1},'.repeat(maxValues / 3)}1]}`)).toThrow('may hold');
  });

  it('are not the characters of its texts', () => {
    check(JSON.stringify({ text: ',[{:'.repeat(maxValues) }));
    check(JSON.stringify({ text: `\\"${',"\\'.repeat(maxValues)}` }));
  });
});
