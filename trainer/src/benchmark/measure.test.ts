import { expect, it } from 'vitest';
import { openEngine } from '../engine/open.ts';
import { measureEngine } from './measure.ts';

it("an engine's speed on a network: steps take time, and compiling is told apart from them", async () => {
  const engine = await openEngine('compiled-cpu', { threads: 1 });
  const began = Date.now();
  const [result] = await measureEngine(engine, ['mlp-8']);
  expect(result).toMatchObject({ engine: 'compiled-cpu', model: 'mlp-8', batchSize: 64 });
  expect(result?.stepMs).toBeGreaterThan(0);
  expect(result?.compileMs).toBeGreaterThan(0);
  const measured = Date.parse(result?.measuredAt ?? '');
  expect(measured).toBeGreaterThanOrEqual(began);
  expect(measured).toBeLessThanOrEqual(Date.now());
  await engine.dispose();
});
