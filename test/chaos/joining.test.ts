import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuredMachine, mergedBenchmarks } from '../../trainer/src/benchmark/stored.ts';
import { ownVersion } from '../../trainer/src/version.ts';
import { ChaosHouse } from './fleet/house.ts';
import { Service } from './fleet/service.ts';
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
async function refusalOf(url: string, token: string): Promise<{ code: number | null; output: string }> {
  const service = new Service('trainer/src/main.ts', ['join', '--api', url], { STUDYHALL_HOME: home, STUDYHALL_TOKEN: token });
  return { code: await service.ended(), output: service.output };
}

describe('a trainer that cannot join ends and says why', () => {
  it('with a token that nobody knows', async () => {
    const { code, output } = await refusalOf(house.api.url, 'made-up');
    expect(output).toContain(`${house.api.url} does not accept this token for a trainer`);
    expect(code).toBe(1);
  });

  it('with a person’s key', async () => {
    const { output } = await refusalOf(house.api.url, house.api.key);
    expect(output).toContain('Ask for one with the role TRAINER');
  });

  it('where something else answers', async () => {
    const printer = createServer((_, response) => response.end('<!doctype html><title>My printer</title>'));
    await new Promise<void>((resolve) => printer.listen(0, '127.0.0.1', resolve));
    const { code, output } = await refusalOf(`http://127.0.0.1:${(printer.address() as AddressInfo).port}`, 'any');
    printer.close();
    expect(output).toContain('is no Studyhall API: expected GraphQL, got "<!doctype html>');
    expect(code).toBe(1);
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
