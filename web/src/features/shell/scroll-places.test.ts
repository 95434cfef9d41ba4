import { afterEach, describe, expect, it, vi } from 'vitest';
import { Places, readPlaces, writePlaces } from './scroll-places.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const stored = (text: string | null) => {
  const texts = { text };
  vi.stubGlobal('sessionStorage', { getItem: () => texts.text, setItem: (_: string, value: string) => (texts.text = value) });
  return texts;
};

describe('places on pages', () => {
  it('come back with the tab', () => {
    stored(null);
    const places = new Places();
    places.set('a', 600);
    places.set('b', 0);
    writePlaces(places);
    expect([readPlaces().get('a'), readPlaces().get('b'), readPlaces().get('c')]).toEqual([600, 0, undefined]);
  });

  it('are none where the browser keeps nothing, or something else', () => {
    for (const text of [null, '{', '7', '[["a","b"],3,null]']) {
      stored(text);
      expect(readPlaces().toJSON()).toEqual([]);
    }
    vi.stubGlobal('sessionStorage', undefined);
    expect(readPlaces().toJSON()).toEqual([]);
    expect(() => writePlaces(new Places())).not.toThrow();
  });

  it('are a hundred: the page left longest ago is forgotten', () => {
    const places = new Places();
    for (let page = 0; page < 100; page++) places.set(`${page}`, page);
    places.set('0', 5);
    places.set('new', 1);
    expect([places.get('0'), places.get('1'), places.get('2'), places.get('new')]).toEqual([5, undefined, 2, 1]);
  });
});
