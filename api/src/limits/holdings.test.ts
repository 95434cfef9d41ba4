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

  it('what a client has in common with itself is held once, until the last of it lets go', () => {
    const held = new Holdings(100);
    const answer = { name: 'the same question', size: 80 };
    const releases = [held.take('a', 5, answer), held.take('a', 5, answer), held.take('a', 5, answer)];
    expect(() => held.take('a', 6)).toThrow('try again');
    expect(() => held.take('b', 30, answer)).toThrow('try again');
    releases[0]?.();
    releases[0]?.();
    releases[1]?.();
    expect(() => held.take('a', 16)).toThrow('try again');
    releases[2]?.();
    held.take('a', 100);
  });
});
