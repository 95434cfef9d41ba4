import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** A list whose first item fails after its second was refused at once: graphql-js forgets the first. Then a fault of our own. */
const script = `
  import { buildSchema, graphql, GraphQLError } from 'graphql';
  import { pino } from 'pino';
  import { outliveForgottenPromises } from './src/forgotten-promises.ts';
  if (process.argv[1] === 'outlive') outliveForgottenPromises(pino({ base: null, timestamp: false }));
  const schema = buildSchema('type Query { items: [Item!]! } type Item { name: String! }');
  const late = { name: async () => { await new Promise(setImmediate); throw new GraphQLError('late'); } };
  const atOnce = { name: () => { throw new GraphQLError('at once'); } };
  const { errors } = await graphql({ schema, source: '{ items { name } }', rootValue: { items: [late, atOnce] } });
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  for (let i = 0; i < 3; i += 1) void Promise.reject(new Error('ours'));
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  console.log('alive after', errors?.[0]?.message);`;

const run = (how: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, how], {
    cwd: new URL('..', import.meta.url),
  });

it('a promise that failed with nobody waiting for it ends no process, and is told once', async () => {
  await expect(run('as node does')).rejects.toThrow(/GraphQLError: late/);
  const { stdout } = await run('outlive');
  expect(stdout).toContain('alive after at once');
  const told = stdout.split('\n').filter((line) => line.includes('A promise failed that nobody waited for.'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('ours');
});
