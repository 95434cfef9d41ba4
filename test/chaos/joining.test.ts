import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuredMachine, mergedBenchmarks } from '../../trainer/src/benchmark/stored.ts';
import { ownVersion } from '../../trainer/src/version.ts';
import { ChaosHouse } from './fleet/house.ts';
import { schedule, untilRun } from './fleet/runs.ts';
import { Service } from './fleet/service.ts';
import { independentSpec } from './fleet/specs.ts';
import { until } from './fleet/until.ts';

let house: ChaosHouse;
let home: string;
beforeAll(async () => {
  house = await ChaosHouse.open();
  home = await mkdtemp(join(tmpdir(), 'studyhall-joining-'));
});
afterAll(async () => {
  await house.close();
  await rm(home, { recursive: true, force: true });
});

/** What a trainer says that cannot join, and its exit code. */
async function refusalOf(url: string, token: string, env = {}): Promise<{ code: number | null; output: string }> {
  const service = new Service('trainer/src/main.ts', ['join', '--api', url], { STUDYHALL_HOME: home, STUDYHALL_TOKEN: token, ...env });
  return { code: await service.ended(), output: service.output };
}

describe('a trainer that cannot join ends and says why', () => {
  it('with a token that nobody knows', async () => {
    const { code, output } = await refusalOf(house.api.url, 'made-up');
    expect(output).toContain(`${house.api.url} does not accept this token for a trainer`);
    expect(code).toBe(3);
  });

  it('with a person’s key', async () => {
    const { output } = await refusalOf(house.api.url, house.api.key);
    expect(output).toContain('Ask for one with the role TRAINER');
  });

  it('with slots that are no number', async () => {
    const { code, output } = await refusalOf(house.api.url, 'any', { STUDYHALL_SLOTS: '1.5' });
    expect(output).toContain('STUDYHALL_SLOTS is "1.5"; it must be a whole number from 1 to 64');
    expect(code).toBe(2);
  });

  it('with more threads than any machine has', async () => {
    const { output } = await refusalOf(house.api.url, 'any', { STUDYHALL_THREADS: '1000' });
    expect(output).toContain('STUDYHALL_THREADS is "1000"; it must be a whole number from 1 to 256');
  });

  it('where something else answers', async () => {
    const printer = createServer((_, response) => response.end('<!doctype html><title>My printer</title>'));
    await new Promise<void>((resolve) => printer.listen(0, '127.0.0.1', resolve));
    const { code, output } = await refusalOf(`http://127.0.0.1:${(printer.address() as AddressInfo).port}`, 'any');
    printer.close();
    expect(output).toContain('is no Studyhall API: expected GraphQL, got "<!doctype html>');
    expect(code).toBe(3);
  });

  it('in a folder where another trainer works', async () => {
    const trainer = await house.trainer('first');
    const second = new Service('trainer/src/main.ts', ['join', '--api', house.api.url], {
      STUDYHALL_HOME: trainer.home,
      STUDYHALL_TOKEN: await house.api.trainerToken(),
    });
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain('another trainer already works in');
  });
});

it('a trainer that was measured announces what its engines reach', async () => {
  const trainer = await house.trainer('measured');
  await trainer.end('SIGTERM');
  const figures = { engine: 'compiled-cpu', model: 'resnet-8', batchSize: 64, stepMs: 32, compileMs: 400 };
  const machine = measuredMachine(await ownVersion());
  const text = mergedBenchmarks(machine, [], [{ ...figures, measuredAt: '2026-01-01T00:00:00.000Z' }]);
  await writeFile(join(trainer.home, 'trainer', 'benchmarks.json'), text);
  trainer.restart();
  const announced = async () => {
    const { trainers } = await house.api.ask<{ trainers: { name: string; benchmarks: object[] }[] }>(
      '{ trainers { name benchmarks { engine model imagesPerSecond } } }',
    );
    return trainers.find(({ name }) => name === 'measured')?.benchmarks ?? [];
  };
  const benchmarks = await until('its benchmarks are announced', announced, ({ length }) => length > 0);
  expect(benchmarks).toEqual([{ engine: 'compiled-cpu', model: 'resnet-8', imagesPerSecond: 2000 }]);
});

it('a copy of a trainer’s home, taken while it works, becomes a trainer of its own and leaves it its jobs and its place', async () => {
  const original = await house.trainer('original');
  const copied = await mkdtemp(join(tmpdir(), 'studyhall-copied-'));
  await cp(original.home, copied, { recursive: true });
  // A job that was under way: whoever takes it up asks the API for its lease, and says so.
  const job = join(copied, 'trainer', 'jobs', 'job_copied-1');
  await cp(join(copied, 'trainer', 'cache'), job, { recursive: true });
  const terms = { renewSeconds: 1, stallSeconds: 60 };
  await writeFile(join(job, 'claim.json'), JSON.stringify({ claim: { jobId: 'job_copied', attempt: 1, teachers: [] }, terms }));
  const args = ['join', '--api', house.api.url, '--name', 'copy'];
  const copy = new Service('trainer/src/main.ts', args, { STUDYHALL_HOME: copied, STUDYHALL_TOKEN: await house.api.trainerToken() });
  const said = () => {
    if (!copy.running) throw new Error(copy.output);
    return copy.output;
  };
  await until('the copy has joined', said, (output) => output.includes('"copy" is in the fleet of'));
  expect(copy.output).toContain('This trainer goes on under a key of its own');
  expect(copy.output).not.toContain('job_copied');
  const [aside = ''] = (await readdir(join(copied, 'trainer'))).filter((name) => name.startsWith('jobs-of-another-'));
  expect(await readdir(join(copied, 'trainer', aside))).toEqual(['job_copied-1']);
  const states = async () => {
    const { trainers } = await house.api.ask<{ trainers: { name: string; state: string }[] }>('{ trainers { name state } }');
    return Object.fromEntries(trainers.map(({ name, state }) => [name, state]));
  };
  // Whoever the machine leaves no time for a while is offline until it is heard again.
  await until('both are online', states, ({ original, copy }) => original === 'ONLINE' && copy === 'ONLINE');
  // As when its terminal is closed.
  expect(await copy.end('SIGHUP')).toBe(0);
  expect(copy.output).toContain('left the fleet');
  await until('the original alone is online', states, ({ original, copy }) => original === 'ONLINE' && copy === 'OFFLINE');
  await rm(copied, { recursive: true });
});

it('a run whose checkpoint a proxy finds too large is handed back with the size and the setting to change, not failed', async () => {
  // In the place of a proxy with a limit: everything passes but uploads.
  const proxy = createServer((incoming, answer) => {
    if (incoming.method === 'PUT') return void answer.writeHead(413, { 'content-type': 'text/html' }).end('<html>Too Large</html>');
    const { method, headers, url } = incoming;
    const passed = request(`${house.api.url}${url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  await house.dismiss();
  const trainer = await house.trainer('behind', false, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const id = await schedule(house.api, independentSpec(), 0);
  // Both, for an answer is read part by part while things go on.
  await untilRun(house.api, id, 'waits again, handed back', ({ state, attempts }) => {
    return state === 'QUEUED' && attempts[0]?.outcome === 'handed back';
  });
  await trainer.says('nothing new is claimed for 1 min');
  expect(trainer.output).toMatch(/refuses \d+\.\d MiB at once \(status 413\).*client_max_body_size/);
  expect(trainer.output).not.toContain('Too Large');
  proxy.closeAllConnections();
  proxy.close();
});
