import { describe, expect, it } from 'vitest';
import { Holdings } from './holdings.ts';

describe('what clients keep in this process', () => {
  it('is bounded for each of them, and none takes another’s share', () => {
    const held = new Holdings(100);
    const release = held.take('a', 60);
    expect(() => held.take('a', 41)).toThrow('try again');
    held.take('b', 100);
    held.take('a', 40);
    release();
    release();
    expect(() => held.take('a', 61)).toThrow('try again');
    held.take('a', 60);
  });
});
