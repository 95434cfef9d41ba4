import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../../api/src/testing/fleet.ts';
import { useApi } from '../../api/src/testing/suite.ts';

const script = path.resolve(import.meta.dirname, '../../start/board.mjs');

describe('npm run board', () => {
  const suite = useApi();
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve, reject) => {
      const env = { ...process.env, STUDYHALL_HOME: suite.api.home, STUDYHALL_API_URL: suite.api.url };
      const child = spawn(process.execPath, [script, ...args], { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, said }));
    });
  const labels = async (sort = 'VALIDATION_ACCURACY') => {
    const { leaderboard } = await suite.api.get<{ leaderboard: { edges: { node: { label: string } }[] } }>(
      `{ leaderboard(sort: ${sort}) { edges { node { label } } } }`,
    );
    return leaderboard.edges.map(({ node }) => node.label);
  };

  it('rebuilds a board that somebody has changed by hand', async () => {
    await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec, [1, 2]);
    const before = await labels();
    await suite.database.query('DELETE FROM board_groups');
    // Asked for the first time: a page that was read stands until somebody who rewrites rows says so.
    expect(await labels('LABEL')).toEqual([]);
    expect(await run('rebuild')).toEqual({ code: 0, said: "The leaderboard's rows of 1 group were written anew.\n" });
    expect(await labels()).toEqual(before);
    expect(await labels('LABEL')).toEqual(before);
  });

  it('is for people to ask, and does nothing else', async () => {
    expect(await run('rebuild', '--key', suite.api.trainerToken)).toMatchObject({ code: 1, said: expect.stringMatching(/for people/) });
    expect(await run('reset')).toMatchObject({ code: 1, said: expect.stringMatching(/one thing to do with the board: rebuild/) });
  });
});
