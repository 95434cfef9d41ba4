import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestS3 } from '../../api/src/testing/s3.ts';
import { AttackedHouse } from './attacked-house.ts';
import { Chance } from './generator/chance.ts';
import { generate } from './generator/run.ts';
import { graphql } from './request.ts';

let s3: TestS3;
let house: AttackedHouse;
beforeAll(async () => {
  s3 = await TestS3.start();
  house = await AttackedHouse.open(undefined, s3.environment);
});
afterAll(async () => {
  await house.close();
  await s3.close();
});

/** What the pages ask first. */
const pages = `{
  viewer { canRead } leaderboard { totalCount edges { node { label validationAccuracy { mean sd } } } } trainers { name leftOut { name } }
  runs { edges { node { label state reason progress { etaSeconds } networks { result { testEntropy } } metrics { revision epochs { epoch } } } } }
  experiments { edges { node { title counts { total } } } } datasets { name classes { name } } models { name runCount } deckSystems { slug }
}`;

it('a thousand requests made by chance: no error of ours, no answer without end, no write or read without right, and everything still opens', async () => {
  // Its bucket has trouble of its own.
  const trouble = new Chance(7);
  s3.fate = ({ method }) =>
    trouble.onceIn(10) ? trouble.one([503, 429, 500, ...(method === 'PUT' ? (['broken'] as const) : [])]) : 'answered';
  const { complaints, codes, largestBytes } = await generate(house.target, 1000, 7);
  expect(complaints).toEqual([]);
  // Files came and went, also while the bucket had trouble.
  for (const answer of ['PUT 200', 'GET 200', 'GET 206', 'HEAD 503']) expect(s3.asked).toContain(answer);
  expect(largestBytes).toBeLessThan(5_000_000);
  // They reached what they were aimed at: much was refused in different ways, much was taken.
  expect(codes.taken).toBeGreaterThan(100);
  for (const code of ['BAD_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'TOO_COMPLEX', 'NOT_FOUND'])
    expect(codes[code], code).toBeGreaterThan(0);
  const opened = await graphql(house.target.url, pages, {}, house.target.key);
  expect(opened).toMatchObject({ status: 200, text: expect.not.stringContaining('"errors"') });
});
