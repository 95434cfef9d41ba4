import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DEVICE_CASES } from '../engine/compiled/testing/device-cases.ts';
import { softwareVulkan } from '../engine/compiled/testing/software-vulkan.ts';
import type { Parity } from './testing/parity-worker.ts';

const environment = softwareVulkan();
if (environment === null)
  console.warn("SKIPPED: WebGPU is not tested, for Chromium's software Vulkan driver is not here (apt-get install chromium)");

/** What a step spends its time in, and what a GPU does otherwise than the CPU: layouts, few buffers, sums. */
const KERNELS = [
  'Conv2D',
  'Conv2DBackpropInput',
  'Conv2DBackpropFilter',
  'DepthwiseConv2dNative',
  'BatchMatMul',
  'Softmax',
  'Sum',
  'ArgMax',
  'Concat',
  'SplitV',
  'Transpose',
  'RoundToHalf',
];
const STEPS = ['mlp-24-16', 'cnn-4', 'products in float16'];

/** In a process of its own, which finds the driver's loader from its start on. */
const parities = async (): Promise<Parity[]> => {
  const worker = fileURLToPath(new URL('testing/parity-worker.ts', import.meta.url));
  const args = ['--import', 'tsx', worker, 'compiled-webgpu', KERNELS.join(';'), STEPS.join(';')];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...environment } });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Parity);
};

describe.skipIf(environment === null)("WebGPU, on Chromium's software driver", () => {
  it('computes kernels, whole steps and evaluation as the reference does, keeps state in its memory, and says when that does not suffice', {
    timeout: 180_000,
  }, async () => {
    const found = await parities();
    expect(found.map(({ what }) => what)).toHaveLength(KERNELS.length + 2 * STEPS.length + Object.keys(DEVICE_CASES).length);
    for (const { what, excess, error } of found) expect(excess, `${what}: ${error ?? ''}`).toBeLessThanOrEqual(1);
  });
});
