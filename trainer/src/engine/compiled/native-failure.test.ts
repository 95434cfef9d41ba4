import { describe, expect, it } from 'vitest';
import { nativeFailure } from './native-failure.ts';

const explained = (message: string, provider: 'cpu' | 'webgpu' | 'cuda') =>
  nativeFailure('cohort step', provider, 'a step failed in ONNX Runtime', new Error(message)).message;

describe('a failure in native code for want of memory', () => {
  it.each([
    ['cpu', 'std::bad_alloc'],
    [
      'cpu',
      "Non-zero status code returned while running FusedGemm node. Name:'fused Gemm.0' Status Message: Failed to allocate memory for requested buffer of size 160000000000",
    ],
    ['cuda', 'CUDA failure 2: out of memory ; GPU=0'],
  ] as const)('on %s, "%s", says what needs less', (provider, message) => {
    expect(explained(message, provider)).toBe(
      `cohort step ran out of memory (${message}): take a smaller batch, narrower networks or fewer of them`,
    );
  });

  it.each([
    'WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.\n - While validating entries[2]',
    'Non-zero status code returned while running Gemm node. Too many storage buffers in shader. Current: 38, Max is 12',
    'WebGPU device lost (2): A valid external Instance reference no longer exists.',
  ])('of a GPU, "%s", too, in one line', (message) => {
    expect(explained(message, 'webgpu')).toMatch(
      /^cohort step needs more memory than the device of compiled-webgpu has \([^\n]+\): take a smaller batch/,
    );
  });
});

describe('any other failure in native code', () => {
  it('says what failed, and no more than is known', () => {
    expect(explained('Non-zero status code returned while running Slice node.', 'cpu')).toBe(
      'cohort step: a step failed in ONNX Runtime: Non-zero status code returned while running Slice node.',
    );
  });
});
