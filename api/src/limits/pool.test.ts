import { expect, it } from 'vitest';
import { useDatabase } from '../testing/rules-suite.ts';
import { tooMuch, Work } from './work.ts';

const database = useDatabase();

const ends: [string, (work: Work) => void, RegExp][] = [
  ['request ends', (work) => work.end(), /request has ended/],
  ['operation has read too much', (work) => work.countBytes(1e9), /reads more than/],
];

it.each(ends)('who reads a record in the moment in which another’s %s has their answer', async (_how, end, said) => {
  const { db } = database;
  const theirs = new Work();
  const read = async () => await db.run.findUnique({ where: { id: 'run_none' } });
  const ended = expect(theirs.run(read)).rejects.toThrow(said);
  const others = [new Work().run(read), read()];
  end(theirs);
  await ended;
  expect(await Promise.all(others)).toEqual([null, null]);
});

it('who has read too much is told so in these words, whatever they ask next', async () => {
  const { db } = database;
  const work = new Work();
  work.countBytes(1e9);
  for (const ask of [() => db.run.findMany(), () => db.run.findUnique({ where: { id: 'run_none' } }), () => db.$queryRaw`SELECT 1`])
    await expect(work.run(async () => await ask())).rejects.toBe(tooMuch);
});
