import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { enginesFolder, isInPlace } from '../../trainer/src/engine/tensorflow/place.ts';
import { ChaosHouse } from './fleet/house.ts';
import { findRun, schedule, untilSucceeded } from './fleet/runs.ts';
import { Service } from './fleet/service.ts';
import { independentSpec } from './fleet/specs.ts';
import { until } from './fleet/until.ts';

const installed = isInPlace('tfjs-node');
if (!installed)
  process.stderr.write(
    `SKIPPED: tfjs-node is not in ${enginesFolder()}, so no fleet trains with it (npm run trainer -- install tfjs-node)\n`,
  );

it.skipIf(!installed)('a run trains on TensorFlow by name, on the trainer that has it, and says so', async () => {
  const house = await ChaosHouse.open();
  const home = await mkdtemp(join(tmpdir(), 'studyhall-tensorflow-'));
  const env = { CUDA_VISIBLE_DEVICES: '', STUDYHALL_HOME: home, STUDYHALL_DATA: join(home, 'data'), STUDYHALL_ENGINES: enginesFolder() };
  const trainer = new Service('trainer/src/main.ts', ['join', '--api', house.api.url, '--name', 'tensorflow'], {
    ...env,
    STUDYHALL_TOKEN: await house.api.trainerToken(),
  });
  try {
    await until(
      'the trainer says what it offers',
      async () => trainer.output,
      (text) => /is in the fleet of .*tfjs-node/.test(text),
    );
    const named = await schedule(house.api, independentSpec(), 1, { engine: 'TFJS_NODE' });
    const any = await schedule(house.api, independentSpec(), 1);
    await untilSucceeded(house.api, named);
    await untilSucceeded(house.api, any);
    const rows = (await house.database.query('SELECT id, fingerprint FROM runs')) as { id: string; fingerprint: object }[];
    const fingerprints = new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
    expect(fingerprints.get(named)).toMatchObject({ provider: 'tfjs-tensorflow', runtime: expect.stringContaining('TensorFlow 2.') });
    expect(fingerprints.get(any)).toMatchObject({ engine: 'compiled' });
    // Another engine's rounding is all that sets them apart.
    const losses = await Promise.all([named, any].map(async (id) => (await findRun(house.api, id)).metrics.epochs[0]?.trainLoss));
    expect(losses[0]).toBeCloseTo(Number(losses[1]), 3);
  } finally {
    await trainer.end('SIGTERM');
    await house.close();
    await rm(home, { recursive: true, force: true });
  }
});
