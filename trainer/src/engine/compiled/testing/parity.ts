import { afterAll, beforeAll, expect } from 'vitest';
import { eager } from '../../eager.ts';
import type { TensorData } from '../../engine.ts';
import { CompiledEngine } from '../engine.ts';
import { startProvider } from '../provider.ts';
import { type Compute, distance, type Given, runOn } from './run.ts';

export { type Compute, distance, type Given, rounding, runOn } from './run.ts';

/** The compiled engines of this machine by layout, and the reference to hold them against; closed after the file's tests. */
export const useEngines = () => {
  const reference = eager('cpu');
  const compiled: { name: string; engine: CompiledEngine }[] = [];
  beforeAll(async () => {
    const provider = await startProvider('cpu', 1);
    compiled.push({ name: 'NCHW', engine: new CompiledEngine({ ...provider, block: 1 }) });
    if (provider.block > 1) compiled.push({ name: 'NCHWc', engine: new CompiledEngine(provider) });
  });
  afterAll(async () => {
    for (const { engine } of compiled) await engine.dispose();
  });
  return { reference, compiled };
};

/** Checks that all compiled engines compute what the reference does. */
export const expectParity = async (
  { reference, compiled }: ReturnType<typeof useEngines>,
  given: readonly Given[],
  compute: Compute,
  tolerance: number | readonly number[],
): Promise<void> => {
  const expected = await runOn(reference, given, compute);
  for (const { name, engine } of compiled) {
    const results = await runOn(engine, given, compute);
    expect(results.length).toBe(expected.length);
    for (const [index, result] of results.entries()) {
      const apart = distance(result, expected[index] as TensorData);
      const allowed = typeof tolerance === 'number' ? tolerance : (tolerance[index] as number);
      expect(apart, `output ${index}, ${name}: ${apart} apart`).toBeLessThanOrEqual(allowed);
    }
  }
};
