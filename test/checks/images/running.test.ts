import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../api/src/testing/database.ts';
import { isWebBuilt, pagesMark } from '../../../start/build-web.mjs';
import { endSignals } from '../../../start/machine/signals.mjs';
import { root } from '../../../start/place.mjs';
import { programs } from '../../../start/programs.mjs';
import { freePort } from '../../chaos/fleet/api.ts';
import { CleanImage, mayRunImages } from './clean-image.ts';
import { lastOf, pairs, readDockerfile, stepsOf } from './dockerfile.ts';

const possible = await mayRunImages();
if (!possible) console.warn('SKIPPED: images are not started, for this process may not mount and become another user');
const hasPages = await isWebBuilt();

describe.skipIf(!possible)('what an image brings, as a user without an account,', async () => {
  const dockerfile = await readDockerfile(path.join(root, 'docker/Dockerfile'));
  const closers: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });
  const open = async (image: string) => {
    const clean = await CleanImage.of(dockerfile, image, inject('programs'));
    closers.push(() => clean.remove());
    return clean;
  };
  const run = async (image: CleanImage, command: string[], env: Record<string, string> = {}) => {
    const child = await image.start(command, env);
    closers.push(() => end(child, 'SIGKILL'));
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text));
    /** Waits for a line; fails with all that was said when it ends before. */
    const says = async (text: string) => {
      await expect.poll(() => output.includes(text) || child.exitCode !== null, { timeout: 60_000 }).toBe(true);
      expect(output).toContain(text);
    };
    return { child, says, said: () => output };
  };
  const start = (image: CleanImage, args: string[], env: Record<string, string> = {}) => run(image, [process.execPath, ...args], env);
  let database: TestDatabase;
  let api: { url: string; port: string; trainerToken: string };

  it.skipIf(!hasPages)('is built, to the same as here, from what an engine is sent (skipped where the pages were not built)', async () => {
    const steps = stepsOf(dockerfile, 'built');
    const args = Object.assign({}, ...steps.filter(({ instruction }) => instruction === 'ARG').map(pairs));
    // Pages that were built from just these sources are not built again, which would take a minute.
    const image = await CleanImage.ofSources([pagesMark]);
    closers.push(() => image.remove());
    const build = await run(image, ['sh', '-c', lastOf(steps, 'RUN').join(' ')], { ...args, HOME: await image.writable('home') });
    expect([await exitOf(build.child), build.said()]).toEqual([0, expect.anything()]);
    expect(existsSync(path.join(image.folder, 'web/.next/BUILD_ID'))).toBe(false);
    const built = async (at: string, workspace: string) =>
      (await readdir(path.join(at, workspace, 'build', inject('programs')), { recursive: true })).sort();
    for (const workspace of Object.keys(programs)) expect(await built(image.folder, workspace)).toEqual(await built(root, workspace));
  });

  it('serves the API, which is found to be well, and makes a backup', async () => {
    database = await createTestDatabase();
    closers.push(() => database.drop());
    const image = await open('api');
    const home = await image.writable('studyhall');
    const port = String(await freePort());
    const env = { DATABASE_URL: database.url, STUDYHALL_HOME: home, API_PORT: port, API_HOST: '127.0.0.1' };
    const running = await start(image, ['start/serve.mjs', 'api'], env);
    await running.says('The API is ready.');
    const health = await start(image, ['docker/health.mjs', 'api'], env);
    expect([await exitOf(health.child), health.said()]).toEqual([0, expect.stringMatching(/^200 /)]);
    const backup = await start(image, ['start/serve.mjs', 'backup', path.join(home, 'one')], env);
    expect([await exitOf(backup.child), backup.said()]).toEqual([0, expect.stringContaining('is in ')]);
    expect(existsSync(path.join(home, 'one', 'manifest.json'))).toBe(true);
    api = { url: `http://127.0.0.1:${port}`, port, trainerToken: (await readFile(path.join(home, 'trainer-token'), 'utf8')).trim() };
  });

  it('joins as a trainer, and leaves when it is told to', async () => {
    const image = await open('trainer');
    const env = { STUDYHALL_API_URL: api.url, STUDYHALL_TOKEN: api.trainerToken, CUDA_VISIBLE_DEVICES: '' };
    const folders = { STUDYHALL_HOME: await image.writable('studyhall'), STUDYHALL_DATA: await image.writable('data') };
    const trainer = await start(image, ['start/serve.mjs', 'trainer', 'join'], { ...env, ...folders });
    await trainer.says('is in the fleet of');
    expect(await end(trainer.child, 'SIGTERM')).toBe(0);
  });

  it.skipIf(!hasPages)(
    'shows the pages, until it is told to end by any of the signals that say so (skipped where they were not built)',
    async () => {
      const image = await open('web');
      const shown = async (signal: NodeJS.Signals) => {
        const port = String(await freePort());
        const env = { API_URL: api.url, WEB_PORT: port, WEB_HOST: '127.0.0.1', STUDYHALL_HOME: await image.writable('studyhall') };
        const web = await start(image, ['start/serve.mjs', 'web'], env);
        const answer = async () =>
          web.child.exitCode !== null
            ? web.said()
            : fetch(`http://127.0.0.1:${port}/`).then(
                ({ status }) => status,
                () => 0,
              );
        await expect.poll(answer, { timeout: 60_000 }).toBe(200);
        return end(web.child, signal);
      };
      expect(await Promise.all(endSignals.map(shown))).toEqual(endSignals.map(() => 0));
    },
  );
});

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return exitOf(child);
}
