import { expect, it } from 'vitest';
import { checkNesting } from './nesting.ts';
import { checkSource } from './source.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `a${i} `).join('');

it('a document has 5,000 tokens at most, and 100 levels of brackets; brackets in texts are none', () => {
  expect(() => checkSource(`{ ${names(4998)}}`)).not.toThrow();
  expect(() => checkSource(`{ ${names(4999)}}`)).toThrow('5,000 tokens');
  expect(() => checkSource(`{ a(b: ${'['.repeat(99)}${']'.repeat(99)}) }`)).toThrow('100 levels');
  expect(() => checkSource(`{ a(b: "${'['.repeat(1000)}") }`)).not.toThrow();
});

it('a document asks for a field under one name a hundred times more than once, by fragments, too', () => {
  const times = (count: number, text: string) => `{ ${names(500)} ${text.repeat(count)} }`;
  expect(() => checkSource(times(101, 'run(id: "x") { id } '))).not.toThrow();
  expect(() => checkSource(times(102, 'run(id: "x") { id } '))).toThrow('100 times');
  expect(() => checkSource(times(102, '... { run }'))).toThrow('100 times');
  const fragments = Array.from({ length: 102 }, (_, i) => `fragment F${i} on Query { same: run }`).join(' ');
  expect(() => checkSource(`{ ${Array.from({ length: 102 }, (_, i) => `...F${i}`).join(' ')} } ${fragments}`)).toThrow('100 times');
  // Of other names, as often as there is room.
  expect(() => checkSource(`{ ${Array.from({ length: 400 }, (_, i) => `a${i}: run(id: "x") { id }`).join(' ')} }`)).not.toThrow();
  expect(() => checkSource(`{ ${names(500)} ...F } fragment F on Query { ...G } fragment G on Query { ...F a0 }`)).not.toThrow();
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
