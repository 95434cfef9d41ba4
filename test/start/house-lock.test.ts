import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdLock } from '../../start/machine/lock.mjs';
import { identify } from '../../start/machine/process.mjs';
import { runInStart } from './starter.ts';

let home: string;
let notes: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-house-lock-'));
  notes = path.join(home, 'house.lock');
});
afterEach(() => rm(home, { recursive: true }));

const take = `const { takeHome } = await start('lock.mjs');
  const lock = await takeHome('http://localhost:3000', console.log).catch((error) => console.log(error.message) ?? process.exit(1));
  console.log('taken');`;

/** Takes the folder as the next start does, and lets it go in order. */
const start = (before = '') => runInStart(home, `${before}\n${take}\nawait lock.release();`);

async function stranger(...args: string[]) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args], { stdio: 'ignore' });
  await once(child, 'spawn');
  return { pid: child.pid ?? 0, lives: () => child.exitCode === null && child.signalCode === null, end: () => child.kill('SIGKILL') };
}

describe('the data folder', () => {
  it('is taken and let go, and keeps no notes after that', async () => {
    expect(await start()).toEqual({ code: 0, said: 'taken\n' });
    expect(await readdir(home)).toEqual(['lock']);
  });

  it('names the pages’ cookie, and where it cannot keep that name the pages are shown all the same', async () => {
    const name = () => runInStart(home, `console.log(await (await start('instance.mjs')).instanceName());`);
    const first = await name();
    expect(first).toMatchObject({ code: 0, said: expect.stringMatching(/^[0-9a-f]{8}\n$/) });
    expect(await name()).toEqual(first);
    await rm(path.join(home, 'instance'));
    await mkdir(path.join(home, 'instance'));
    expect(await name()).toMatchObject({ code: 0, said: expect.stringMatching(/^[0-9a-f]{8}\n$/) });
  });

  it('is refused to a second starter, which is sent to the first', async () => {
    const lock = await holdLock(path.join(home, 'lock'));
    await writeFile(notes, JSON.stringify({ pid: 4711, link: 'http://localhost:3456', services: {} }));
    const { code, said } = await start();
    expect(code).toBe(1);
    expect(said).toContain(`Another Studyhall (process 4711) already runs on ${home}: http://localhost:3456\nUse that one, stop it`);
    lock?.release();
  });

  it.each(['', '{"pid":1', '\0\0\0\0', 'null', '[]', '{"services":{"api":"x"}}'])(
    'is taken where a power cut left the notes as %j',
    async (text) => {
      await writeFile(notes, text);
      expect(await start()).toEqual({ code: 0, said: 'taken\n' });
    },
  );

  it('is taken by a starter that has the number of the one before, as in a restarted container', async () => {
    const own = `const { writeFileSync } = await import('node:fs');
      writeFileSync(${JSON.stringify(notes)}, JSON.stringify({ pid: process.pid, link: '', services: { api: process.pid } }));`;
    const { code, said } = await start(own);
    expect(code).toBe(0);
    expect(said).toContain('taken');
  });
});

describe('what a killed starter left behind', () => {
  it('is ended by the next one, if it is provably that', async () => {
    const left = await stranger();
    const identities = { api: await identify(left.pid) };
    await writeFile(notes, JSON.stringify({ pid: 1, link: '', services: { api: left.pid }, identities }));
    expect(await start()).toEqual({ code: 0, said: 'taken\n' });
    expect(left.lives()).toBe(false);
  });

  it('is left alone if its number is a stranger’s by now, whatever that one has open', async () => {
    const editor = await stranger('start/main.mjs', 'trainer/src/main.ts', 'domain.ts');
    const identities = { trainer: { ...(await identify(editor.pid)), started: 'before' } };
    await writeFile(notes, JSON.stringify({ pid: editor.pid, link: '', services: { trainer: editor.pid }, identities }));
    expect(await start()).toEqual({ code: 0, said: 'taken\n' });
    expect(editor.lives()).toBe(true);
    editor.end();
  });

  it('is left alone, and named, if nobody can tell', async () => {
    const unknown = await stranger('trainer/src/main.ts');
    await writeFile(notes, JSON.stringify({ pid: unknown.pid, link: '', services: { trainer: unknown.pid } }));
    const { code, said } = await start();
    expect(code).toBe(0);
    expect(said).toContain(`Process ${unknown.pid} may be the trainer that an earlier start left behind. It is left alone`);
    expect(unknown.lives()).toBe(true);
    unknown.end();
  });

  it('is noted by number and by what proves it', async () => {
    const service = await stranger();
    const note = `lock.note({ api: ${service.pid}, web: undefined }); setTimeout(() => process.exit(0), 60_000);
      const { readFileSync } = await import('node:fs');
      while (!readFileSync(${JSON.stringify(notes)}, 'utf8').includes('started')) await new Promise((next) => setTimeout(next, 5));
      process.exit(0);`;
    await runInStart(home, `${take}\n${note}`);
    const { services, identities } = JSON.parse(await readFile(notes, 'utf8'));
    expect(services).toEqual({ api: service.pid });
    expect(identities.api).toEqual(await identify(service.pid));
    service.end();
  });
});
