import { describe, expect, it } from 'vitest';
import { News } from './news.ts';

describe('news', () => {
  it('is what differs from what was heard, or is shown where nothing was heard', () => {
    const news = new News();
    news.show([['a', 'queued']]);
    expect([news.hear('a', 'queued'), news.hear('a', 'running'), news.hear('a', 'running'), news.hear('b', 'queued')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('is told although the change came by another way before it was heard', () => {
    const news = new News();
    news.show([['a', 'queued']]);
    news.show([['a', 'cancelled']]);
    expect(news.hear('a', 'cancelled')).toBe(true);
  });

  it('is that something comes back as it was, if it had left the page unheard', () => {
    const news = new News();
    news.show([['a', 'queued']]);
    news.show([]);
    expect([news.hear('a', 'queued'), news.hear('a', 'queued')]).toEqual([true, false]);
  });
});
