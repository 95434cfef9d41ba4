import { describe, expect, it } from 'vitest';
import { alive, atMostEvery, whileWatched } from './alive.ts';

const heardFrom = async (work: () => Promise<void>, milliseconds = 60_000): Promise<number[]> => {
  const heard: number[] = [];
  const sign = atMostEvery(milliseconds, (silence = 0) => heard.push(silence));
  await whileWatched(sign, work);
  return heard;
};

describe('a sign of life', () => {
  it('reaches who watches, from however deep within the work, and nobody else', async () => {
    alive();
    const [one, other] = await Promise.all([heardFrom(async () => alive()), heardFrom(async () => undefined)]);
    expect([one, other]).toEqual([[0], []]);
    alive();
  });

  it('is told seldom, however often it is given', async () => {
    const many = async () => {
      for (let batch = 0; batch < 1000; batch++) alive();
    };
    expect(await heardFrom(many)).toEqual([0]);
    expect(await heardFrom(many, 0)).toHaveLength(1000);
  });

  it('that announces a silence is told at once, and so is the one that ends it', async () => {
    expect(
      await heardFrom(async () => {
        alive();
        alive();
        alive(60);
        alive();
        alive();
      }),
    ).toEqual([0, 60, 0]);
  });
});
