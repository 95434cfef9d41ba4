import { describe, expect, it } from 'vitest';
import { explainExit, outOfMemory } from './exit-reason.ts';

describe('how a process ended', () => {
  it('by SIGKILL hints at memory, for the kernel leaves no other trace', () => {
    expect(explainExit({ code: null, signal: 'SIGKILL', stderr: '' }, 'training')).toMatch(
      /^The training process was killed by SIGKILL\. If nobody killed it, the system ran out of memory \(this machine: [\d.]+ GiB, .*smaller batch/,
    );
  });

  it('ends with the last lines it wrote', () => {
    const stderr = Array.from({ length: 50 }, (_, line) => `line ${line}`).join('\n');
    const text = explainExit({ code: 3, signal: null, stderr }, 'training');
    expect(text).toMatch(/^The training process ended with exit code 3\. Its last words:\nline 30\n/);
    expect(text).toMatch(/line 49$/);
  });

  it('leaves stack traces to the log', () => {
    const stderr = 'Error: a fault\n    at run (/srv/trainer/child.ts:3:9)\n    at async main (/srv/trainer/main.ts:1:1)\n\nNode.js v22\n';
    expect(explainExit({ code: 1, signal: null, stderr }, 'training')).toMatch(/Its last words:\nError: a fault\n\nNode\.js v22$/);
  });

  it.each([
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'std::bad_alloc',
    'Failed to allocate memory for requested buffer',
    'WebGPU device error(3): vkAllocateMemory failed with VK_ERROR_OUT_OF_DEVICE_MEMORY',
  ])('knows memory that ran out by "%s"', (message) => expect(outOfMemory(message)).toContain('It ran out of memory'));

  it('sees no lack of memory elsewhere', () => expect(outOfMemory('TypeError: x is not a function')).toBeNull());
});
