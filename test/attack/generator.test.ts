import { afterAll, beforeAll, expect, it } from 'vitest';
import { AttackedHouse } from './attacked-house.ts';
import { generate } from './generator/run.ts';
import { graphql } from './request.ts';

let house: AttackedHouse;
beforeAll(async () => {
  house = await AttackedHouse.open();
});
afterAll(() => house.close());

/** What the pages ask first. */
const pages = `{
  viewer { canRead } leaderboard { totalCount edges { node { label validationAccuracy { mean sd } } } } trainers { name leftOut { name } }
  runs { edges { node { label state reason progress { etaSeconds } networks { result { testEntropy } } metrics { revision epochs { epoch } } } } }
  experiments { edges { node { title counts { total } } } } datasets { name classes { name } } models { name runCount } deckSystems { slug }
}`;

it('a thousand requests made by chance: no error of ours, no answer without end, no write or read without right, and everything still opens', async () => {
  const { complaints, codes, largestBytes } = await generate(house.target, 1000, 7);
  expect(complaints).toEqual([]);
  expect(largestBytes).toBeLessThan(5_000_000);
  // They reached what they were aimed at: much was refused in different ways, much was taken.
  expect(codes.taken).toBeGreaterThan(100);
  for (const code of ['BAD_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'TOO_COMPLEX', 'NOT_FOUND'])
    expect(codes[code], code).toBeGreaterThan(0);
  const opened = await graphql(house.target.url, pages, {}, house.target.key);
  expect(opened).toMatchObject({ status: 200, text: expect.not.stringContaining('"errors"') });
});
