import { describe, expect, it } from 'vitest';
import { availableEngines, EngineError, openEngine } from './open.ts';

describe('opening an engine', () => {
  it('finds engines that work here, the reference last, and opens the first for auto', async () => {
    const names = await availableEngines();
    expect(names.at(-1)).toBe('reference');
    expect(names).toContain('compiled-cpu');
    const engine = await openEngine('auto');
    expect(engine.name).toBe(names[0]);
    await engine.dispose();
  });

  it('records what must be equal for equal numbers', async () => {
    const engine = await openEngine('compiled-cpu', { threads: 1 });
    expect(engine.fingerprint).toMatchObject({ engine: 'compiled', threads: 1, runtime: expect.stringMatching(/^onnxruntime \d/) });
    expect(engine.fingerprint.provider).toMatch(/^cpu(, blocks of \d+)?$/);
    await engine.dispose();
  });

  it('says what there is, and what an engine that is not installed needs', async () => {
    await expect(openEngine('tensorrt')).rejects.toThrow(
      'no engine is named tensorrt; there are auto, compiled-cuda, compiled-webgpu, compiled-cpu, reference',
    );
    await expect(openEngine('compiled-cpu', { threads: 0 })).rejects.toThrow(EngineError);
    const names = await availableEngines();
    if (!names.includes('compiled-cuda')) {
      await expect(openEngine('compiled-cuda')).rejects.toThrow(/compiled-cuda (is not installed|does not start here).*cuda12 node/);
    }
  });
});
