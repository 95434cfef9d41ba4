import { describe, expect, it } from 'vitest';
import { TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const benchmark = {
  engine: 'compiled-cpu',
  model: 'resnet-8',
  batchSize: 64,
  stepMs: 16,
  compileMs: 350,
  measuredAt: '2026-03-01T10:00:00.000Z',
};

describe("what a trainer's engines reach", () => {
  const suite = useApi();
  const read = async () =>
    (
      await suite.api.get<{ trainers: { benchmarks: object[] }[] }>(
        '{ trainers { benchmarks { engine model batchSize stepMs imagesPerSecond compileMs measuredAt } } }',
      )
    ).trainers.map(({ benchmarks }) => benchmarks);

  it('is kept as it was announced, with the images a second that follow, and replaced at the next registration', async () => {
    const key = 'the-same-trainer';
    await TestTrainer.join(suite.api, { key });
    expect(await read()).toEqual([[]]);
    await TestTrainer.join(suite.api, { key, benchmarks: [benchmark] });
    // 64 images in 16 ms
    expect(await read()).toEqual([[{ ...benchmark, imagesPerSecond: 4000 }]]);
    await TestTrainer.join(suite.api, { key, benchmarks: [{ ...benchmark, stepMs: 32 }] });
    expect(await read()).toEqual([[{ ...benchmark, stepMs: 32, imagesPerSecond: 2000 }]]);
  });

  it.each([
    [{ engine: 'abacus' }, 'there are compiled-cuda'],
    [{ stepMs: 0 }, 'benchmarks.0.stepMs is 0; it has to be at least 0.000001'],
    [{ stepMs: 1e-320 }, 'benchmarks.0.stepMs is 1e-320; it has to be at least 0.000001'],
    [{ batchSize: 0 }, 'benchmarks.0.batchSize is 0'],
    [{ model: '<b>' }, 'is not a valid model name'],
  ])('is refused where it makes no sense: %j', async (change, message) => {
    await expect(TestTrainer.join(suite.api, { benchmarks: [{ ...benchmark, ...change }] })).rejects.toThrow(message);
  });
});
