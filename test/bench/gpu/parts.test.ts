import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { type Done, type Part, runParts } from './parts.ts';

const part = (name: string, run: Part['run'], seconds = 60): Part => ({ name, seconds, run });
const states = (done: readonly Done[]) => done.map(({ name, state }) => `${name}: ${state}`);

it('what fails does not stop the others, and keeps what it had', async () => {
  const done = await runParts(
    [
      () => [
        part('first', async (_signal, keep) => {
          keep({ compared: 3 });
          throw new Error('the device was lost');
        }),
      ],
      () => [part('second', async (_signal, keep) => keep('figures'))],
    ],
    60,
    () => {},
  );
  expect(done).toMatchObject([
    { name: 'first', state: 'failed', result: { compared: 3 }, why: 'the device was lost' },
    { name: 'second', state: 'done', result: 'figures' },
  ]);
});

it('what takes longer than it may is cut, with its process; what is left no time for is not run, and says so', async () => {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
  const ended = once(child, 'exit');
  const hangs = part(
    'hangs',
    async (signal, keep) => {
      keep('half of it');
      signal.addEventListener('abort', () => child.kill('SIGKILL'));
      await ended;
      throw new Error('its process ended');
    },
    0.3,
  );
  const done = await runParts([() => [hangs], () => [part('later', async () => {})]], 2, () => {});
  expect(states(done)).toEqual(['hangs: cut', 'later: not run']);
  expect(done).toMatchObject([{ result: 'half of it', why: 'it was cut after 0 s' }, { why: 'too little was left of 2 s' }]);
  expect((await ended)[1]).toBe('SIGKILL');
});

it('parts of a stage run side by side; the next stage knows how they ended', async () => {
  let free = () => {};
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  const seen: string[][] = [];
  await runParts(
    [
      () => [part('waits', () => freed), part('frees it', async () => free())],
      (before) => {
        seen.push(states(before));
        return [];
      },
    ],
    60,
    () => {},
  );
  expect(seen).toEqual([['waits: done', 'frees it: done']]);
});

it('everything is told while it happens: who ends the whole finds it there', async () => {
  const told: string[][] = [];
  await runParts([() => [part('one', async (_signal, keep) => keep(1))]], 60, (done) => told.push(states(done)));
  expect(told).toEqual([['one: running'], ['one: done']]);
});
