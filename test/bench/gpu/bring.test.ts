import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CUDA_WHEELS } from '../../../trainer/src/engine/tensorflow/wheels.ts';
import { FileServer } from '../../../trainer/src/fetch/testing/file-server.ts';
import { zipOf } from '../../../trainer/src/fetch/testing/zip-of.ts';
import { bringLibraries, cudaEnvironment } from './bring.ts';

let root: string;
let server: FileServer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-bring-'));
  server = await FileServer.open();
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

const wheel = (name: string, bytes: Buffer, served = bytes) => ({
  name,
  urls: [server.file(`/${name}`, served)],
  checksum: `sha256:${createHash('sha256').update(bytes).digest('hex')}` as const,
});
const progressOf = () => () => {};
const runtime = zipOf({
  'nvidia/cuda_runtime/lib/libcudart.so.12': Buffer.from('library'),
  'nvidia/cuda_runtime/include/cuda.h': Buffer.from('no'),
});

it("CUDA's libraries come out of NVIDIA's wheels, and processes find them in front of nothing but what LD_LIBRARY_PATH has", async () => {
  await bringLibraries(root, { wheels: [wheel('runtime.whl', runtime)], needed: 1, progressOf });
  const folder = join(root, 'cuda-12', 'nvidia', 'cuda_runtime', 'lib');
  expect(existsSync(join(folder, 'libcudart.so.12'))).toBe(true);
  expect(existsSync(join(root, 'cuda-12', 'nvidia', 'cuda_runtime', 'include'))).toBe(false);
  expect(cudaEnvironment(root).LD_LIBRARY_PATH?.split(':').at(-1)).toBe(folder);
});

it('other bytes, or a disk that is too small, leave nothing in place', async () => {
  const wheels = [wheel('right.whl', runtime), wheel('wrong.whl', runtime, runtime.subarray(1))];
  await expect(bringLibraries(root, { wheels, needed: 1, progressOf })).rejects.toThrow('wrong.whl serves other bytes');
  await expect(bringLibraries(root, { wheels, needed: 1e15, progressOf })).rejects.toThrow('1000000.0 GB are needed');
  expect(existsSync(join(root, 'cuda-12'))).toBe(false);
});

it('of NVIDIA’s wheels all are brought that ONNX Runtime is linked to or opens', () => {
  const brought = CUDA_WHEELS.map(({ name }) => /^nvidia_([a-z_]+)_cu12/.exec(name)?.[1]);
  expect(brought).toEqual(['cublas', 'cuda_nvrtc', 'cuda_runtime', 'cudnn', 'cufft', 'curand', 'nvjitlink']);
});
