import { expect, it } from 'vitest';
import { checkNesting } from './nesting.ts';
import { checkSource } from './source.ts';

it('a document has 5,000 tokens at most, and 100 levels of brackets; brackets in texts are none', () => {
  expect(() => checkSource(`{ ${'a '.repeat(4998)}}`)).not.toThrow();
  expect(() => checkSource(`{ ${'a '.repeat(4999)}}`)).toThrow('5000 tokens');
  expect(() => checkSource(`{ a(b: ${'['.repeat(99)}${']'.repeat(99)}) }`)).toThrow('100 levels');
  expect(() => checkSource(`{ a(b: "${'['.repeat(1000)}") }`)).not.toThrow();
});

it('what is no document passes: the parser says what is wrong with it', () => {
  for (const text of ['', '{', '"', '}}}}', '\u0000']) expect(() => checkSource(text)).not.toThrow();
});

it('a value is 32 levels deep at most, and finding out takes no depth of ours', () => {
  const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;
  expect(() => checkNesting(deep(32))).not.toThrow();
  expect(() => checkNesting(deep(33))).toThrow('32 levels');
  expect(() => checkNesting({ a: { b: deep(100_000) } })).toThrow('32 levels');
  for (const value of [undefined, null, 'text', 7, {}, []]) expect(() => checkNesting(value)).not.toThrow();
});
