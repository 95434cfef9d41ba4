import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';
import { separatorsOf } from './separators.ts';
import { writeNumber } from './write-number.ts';

const german = separatorsOf('de-DE');
const french = separatorsOf('fr-FR');
const swiss = separatorsOf('de-CH');

const whole = (text: string, separators = separatorsOf('en-US')) => {
  const { value, problem } = readNumber(text, { whole: true, unit: 'epochs', separators });
  return value ?? problem;
};
const any = (text: string, separators = separatorsOf('en-US')) => {
  const { value, problem } = readNumber(text, { whole: false, separators });
  return value ?? problem;
};

describe('a whole number as people write it', () => {
  it.each([
    ['20', 20],
    ['1,000', 1000],
    ['100,000', 100_000],
    ['1,234,567', 1_234_567],
    ['1,00,000', 100_000],
    ['1 000', 1000],
    ['1\u202f000', 1000],
    ['8\u00a0000', 8000],
    ['60\u2009000', 60_000],
    ["1'000", 1000],
    ['1’000', 1000],
    ['1_000', 1000],
    ['1.000.000', 1_000_000],
    ['1e3', 1000],
    ['1.5E3', 1500],
    ['+5', 5],
    ['-0', 0],
    ['−5', -5],
    ['–5', -5],
    ['007', 7],
    ['2.0', 2],
    ['2,0', 2],
    ['１２', 12],
    ['٣', 3],
    ['٣٬٠٠٠', 3000],
    ['१२', 12],
    ['𝟏𝟐', 12],
    ['\u200b 20\u00a0\t', 20],
    ['20 epochs', 20],
    ['1 epoch', 1],
    ['1,000epochs', 1000],
  ])('%j is %d', (text, value) => expect(whole(text)).toBe(value));

  it.each([
    ['1.000', '“1.000” can mean 1000 or 1: write one of these.'],
    ['1,5', '1,5 is not a whole number.'],
    ['2.5', '2.5 is not a whole number.'],
    ['1e-1', '1e-1 is not a whole number.'],
    ['1,00', '1,00 is not a whole number.'],
    ['1e400', '1e400 is too large.'],
    ['9007199254740993', '9007199254740993 is too large.'],
    ...['0x10', '0b1', 'Infinity', 'NaN', '0.1.2', '1 00', '10 00', '1,000 000', '1__000', '0,000,1', '--5', '5-', '1-5', '5,'].map(
      (text) => [text, `“${text}” is not a number of epochs.`],
    ),
    ...['20 minutes', '50 %', '20k', '10²', '½', 'e3', '.', '-', '1e', '1 2', '2 0 epochs', 'epochs'].map((text) => [
      text,
      `“${text}” is not a number of epochs.`,
    ]),
  ])('%j is refused', (text, problem) => expect(whole(text)).toBe(problem));
});

describe('a number with a fraction', () => {
  it.each([
    ['0.05', 0.05],
    ['0,05', 0.05],
    ['1,5', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['٠٫٥', 0.5],
    ['1.000', 1],
    ['1.125', 1.125],
    ['0,125', 0.125],
    ['1,000.5', 1000.5],
    ['1.000,5', 1000.5],
    ['1 000,5', 1000.5],
    ['1,000', 1000],
    ['1e-3', 0.001],
    ['5e−4', 0.0005],
  ])('%j is %d', (text, value) => expect(any(text)).toBe(value));

  it.each([
    ['1e-400', '1e-400 is too small to be told from 0.'],
    ['1e400', '1e400 is too large.'],
    ['0.1.2', '“0.1.2” is not a number.'],
    ['1,00.5', '“1,00.5” is not a number.'],
    ['Infinity', '“Infinity” is not a number.'],
    ['0x10', '“0x10” is not a number.'],
  ])('%j is refused', (text, problem) => expect(any(text)).toBe(problem));
});

describe('the reader’s own language', () => {
  it('decides what a separator before three digits means', () => {
    expect(whole('1.000', german)).toBe(1000);
    expect(whole('1,000', german)).toBe('“1,000” can mean 1000 or 1: write one of these.');
    expect(any('1,125', german)).toBe(1.125);
    expect(any('1.125', german)).toBe(1125);
    expect(any('1,125', french)).toBe(1.125);
    expect(any('1.125', french)).toBe(1.125);
    expect(any('1,125', swiss)).toBe('“1,125” can mean 1125 or 1.125: write one of these.');
    expect(whole('1\u202f000', french)).toBe(1000);
  });

  it('changes nothing about what can be read in one way alone', () => {
    for (const separators of [german, french, swiss]) {
      expect(any('0.05', separators)).toBe(0.05);
      expect(any('1.5', separators)).toBe(1.5);
      expect(any('1.000,5', separators)).toBe(1000.5);
      expect(whole('1,000,000', separators)).toBe(1_000_000);
    }
  });

  it('reads what the form itself wrote as what it was, in every language', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(german, french, swiss), (value, separators) => {
        for (const own of [value, Math.round((value % 1e4) * 1000) / 1000, Math.round(value % 1e6)])
          expect(any(writeNumber(own), separators)).toBe(own + 0);
      }),
    );
    expect([1.125, -12.375, 0.125, 1000, 1e-7].map(writeNumber)).toEqual(['1.1250', '-12.3750', '0.125', '1000', '1e-7']);
  });

  it('is English where a browser names none that exists', () => {
    expect(separatorsOf('no such locale')).toEqual({ group: ',', decimal: '.' });
  });
});
