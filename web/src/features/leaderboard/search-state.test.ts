import { describe, expect, it } from 'vitest';
import { atPage, experimentVariables, leaderboardVariables, loadLeaderboardState } from './search-state.ts';

const variables = (address: string) => leaderboardVariables(loadLeaderboardState(new URLSearchParams(address)));

describe('what the leaderboard’s address stands for', () => {
  it('is a page of it, which the API has to be able to give', () => {
    expect(variables('')).toMatchObject({ first: 100, filter: { minSeeds: 0 } });
    expect(variables('after=a')).toMatchObject({ first: 100, after: 'a' });
    expect(variables('before=b')).toMatchObject({ last: 100, before: 'b' });
    expect(variables('before=b')).not.toHaveProperty('first');
  });

  it('reads its numbers to the end, or leaves them out', () => {
    expect(variables('seeds=2').filter?.minSeeds).toBe(2);
    expect(variables('seeds=1,000').filter?.minSeeds).toBe(1000);
    for (const seeds of ['2abc', '-1', '0x10', '1.5', '99999999999']) expect(variables(`seeds=${seeds}`).filter?.minSeeds, seeds).toBe(0);
  });

  it('keeps filter and order from page to page of an experiment', () => {
    const asked = { ...experimentVariables('exp_1'), sort: 'SEEDS' as const };
    expect(atPage(asked, { after: 'a', before: null })).toEqual({ ...asked, after: 'a' });
    const before = atPage(asked, { after: null, before: 'b' });
    expect(before).toMatchObject({ filter: asked.filter, sort: 'SEEDS', last: 200, before: 'b' });
    expect(before).not.toHaveProperty('first');
  });

  it('names a further column, which it may be in order by', () => {
    const entropy = { measure: 'entropy', split: 'TEST' };
    expect(variables('column=entropy.test')).toMatchObject({ ...entropy, withColumn: true, sort: 'VALIDATION_ACCURACY' });
    expect(variables('column=entropy.test')).not.toHaveProperty('by');
    expect(variables('column=entropy.test&sort=COLUMN&dir=ASC')).toMatchObject({ by: entropy, direction: 'ASC' });
    for (const column of ['', 'entropy', 'entropy.dev', 'entropy.test.test', 'a b.test', '.test']) {
      const asked = variables(`column=${column}&sort=COLUMN`);
      expect(asked, column).toMatchObject({ sort: 'VALIDATION_ACCURACY' });
      expect(asked, column).not.toHaveProperty('withColumn');
      expect(asked, column).not.toHaveProperty('by');
    }
  });
});
