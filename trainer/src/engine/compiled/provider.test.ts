import ort from 'onnxruntime-node';
import { afterEach, expect, it, vi } from 'vitest';
import * as installed from './installed.ts';
import { notInstalled, startProvider } from './provider.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('CUDA starts with TF32 off before its libraries load, and its state comes back after each step; WebGPU keeps it', async () => {
  vi.stubEnv('NVIDIA_TF32_OVERRIDE', '1');
  vi.spyOn(installed, 'isInstalled').mockReturnValue(true);
  const seen: (string | undefined)[] = [];
  const session = { run: async () => ({ y: new ort.Tensor('float32', Float32Array.of(2, 3), [2]) }), release: async () => {} };
  vi.spyOn(ort.InferenceSession, 'create').mockImplementation(async () => {
    seen.push(process.env.NVIDIA_TF32_OVERRIDE);
    return session as unknown as ort.InferenceSession;
  });
  expect((await startProvider('webgpu', 1)).keepsOnDevice).toBe(true);
  expect((await startProvider('cuda', 1)).keepsOnDevice).toBeUndefined();
  expect(seen).toEqual(['1', '0']);
});

it.each([
  ['linux', 'arm64', 'compiled-cuda runs on Linux x64 only, and this is linux arm64; the engine that works here is compiled-cpu'],
  ['darwin', 'arm64', 'this is darwin arm64; the engine that works here is compiled-cpu, and compiled-webgpu on its GPU'],
  ['win32', 'x64', 'this is win32 x64; the engine that works here is compiled-cpu, and compiled-webgpu on its GPU'],
  ['linux', 'x64', 'compiled-cuda is not installed: it needs an NVIDIA GPU, CUDA 12 and cuDNN 9'],
])('on %s %s, CUDA says what works there, or what it needs', (platform, arch, words) => {
  expect(notInstalled('cuda', { platform, arch })).toContain(words);
});
