import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttackedHouse } from './attacked-house.ts';
import { attacks } from './attacks.ts';
import { besides } from './bystander.ts';
import { memoryOf } from './target.ts';

let house: AttackedHouse;
beforeAll(async () => {
  house = await AttackedHouse.open();
});
afterAll(() => house.close());

describe.each(attacks)('$who: $what', ({ right, run }) => {
  it(right, async () => {
    const { target } = house;
    const { result, lived } = await besides(target.url, () => run(target));
    expect(result).toEqual([]);
    expect(lived.errors).toEqual([]);
    // How fast the others are answered meanwhile is measured by `npm run attack`; deaf is what the server may never be.
    expect(lived.worstMs).toBeLessThan(5000);
    expect((await memoryOf(target.pid)).most).toBeLessThan(700);
  });
});
