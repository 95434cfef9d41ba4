import ort from 'onnxruntime-node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { availableEngines, stepsPerCallOf } from './available.ts';
import { EngineError } from './engine-error.ts';
import { openEngine } from './open.ts';

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

  it('takes several steps in a call where the state leaves the device in between, as asked for, and records it', async () => {
    const engine = await openEngine('compiled-cpu', { threads: 1, stepsPerCall: 4 });
    expect(engine.fingerprint.provider).toMatch(/, 4 steps a call$/);
    await engine.dispose();
    vi.stubEnv('STUDYHALL_CUDA_STEPS', '8');
    const asked = (['compiled-cuda', 'compiled-webgpu', 'compiled-cpu', 'tfjs-node'] as const).map((name) => stepsPerCallOf(name, {}));
    vi.unstubAllEnvs();
    expect(asked).toEqual([8, 1, 1, 1]);
    await expect(openEngine('compiled-cpu', { stepsPerCall: 65 })).rejects.toThrow('must be a whole number from 1 to 64, not 65');
    await expect(openEngine('compiled-webgpu', { stepsPerCall: 8 })).rejects.toThrow('compiled-webgpu takes one training step in a call');
  });

  it('says what there is, and what an engine that is not installed needs', async () => {
    await expect(openEngine('tensorrt')).rejects.toThrow(
      '"tensorrt" is not a valid engine name; allowed: auto, compiled-cuda, compiled-webgpu, compiled-cpu, reference',
    );
    await expect(openEngine('compiled-cpu', { threads: 0 })).rejects.toThrow(EngineError);
    const names = await availableEngines();
    if (!names.includes('compiled-cuda')) {
      const lacking = /compiled-cuda (is not installed|does not start here).*cuda12 node/;
      const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64';
      await expect(openEngine('compiled-cuda')).rejects.toThrow(isLinuxX64 ? lacking : 'compiled-cuda runs on Linux x64 only');
    }
  });
});

describe('an engine whose provider is here and does not start', () => {
  afterEach(() => vi.restoreAllMocks());

  it('fails with what the provider said and what it needs', async () => {
    vi.spyOn(ort.InferenceSession, 'create').mockRejectedValue(
      new Error('/build/x.cc:12 bool Load() handle was false. libx.so: not found'),
    );
    await expect(openEngine('compiled-cpu')).rejects.toThrow(
      new EngineError(
        'compiled-cpu does not start here (libx.so: not found): reinstall with `npm ci`: onnxruntime-node carries the CPU library for this platform',
      ),
    );
  });

  it('or computes wrongly', async () => {
    const session = { run: async () => ({ y: new ort.Tensor('float32', Float32Array.of(2, 2), [2]) }), release: async () => {} };
    vi.spyOn(ort.InferenceSession, 'create').mockResolvedValue(session as unknown as ort.InferenceSession);
    await expect(openEngine('compiled-cpu')).rejects.toThrow('compiled-cpu does not start here (1 + 2 came out as 2): reinstall');
  });
});
