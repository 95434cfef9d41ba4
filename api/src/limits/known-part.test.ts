import { expect, it, vi } from 'vitest';
import { KnownPart, write } from './known-part.ts';

it('an answer with known parts reads as one with their values, written in whichever way', () => {
  const values = [{ id: 'a', means: [0.5, null], label: 'said "so", × 2' }, { id: 'b' }, [], 'text', 0];
  const answer = { data: { edges: values.map((node, i) => ({ cursor: `${i}`, node })), more: 'after' } };
  const known = { data: { edges: values.map((node, i) => ({ cursor: `${i}`, node: new KnownPart(node) })), more: 'after' } };
  for (const _ of ['first', 'again']) {
    expect(write(known)).toBe(JSON.stringify(answer));
    expect(JSON.stringify(known)).toBe(JSON.stringify(answer));
  }
  expect(write(answer)).toBe(JSON.stringify(answer));
});

it('a known part is written once, alone or in several answers; what cannot be written spoils no other answer', () => {
  const read = vi.fn(() => 'text');
  const part = new KnownPart(Object.defineProperty({}, 'of', { get: read, enumerable: true }));
  expect([write({ part }), write([part, part])]).toEqual(['{"part":{"of":"text"}}', '[{"of":"text"},{"of":"text"}]']);
  expect(read).toHaveBeenCalledTimes(1);
  expect(() => write({ part, n: 1n })).toThrow(TypeError);
  expect(JSON.stringify({ part })).toBe('{"part":{"of":"text"}}');
  expect(read).toHaveBeenCalledTimes(2);
});
