import { afterEach, describe, expect, it, vi } from 'vitest';
import { tf } from '../../tf.ts';
import { bundled, KERNEL_CASES } from '../testing/kernel-cases.ts';
import { expectParity, useEngines } from '../testing/parity.ts';
import { KERNELS } from './register.ts';

const engines = useEngines();
afterEach(() => vi.restoreAllMocks());

describe('every kernel of the compiled engine', () => {
  it('has cases that hold it against the reference, and there are none of kernels it lacks', () => {
    expect(Object.keys(KERNEL_CASES).sort()).toEqual(Object.keys(KERNELS).sort());
    for (const [name, cases] of Object.entries(KERNEL_CASES)) expect(cases.length, name).toBeGreaterThan(0);
  });

  it.each(Object.entries(KERNEL_CASES))('%s', async (name, cases) => {
    const asked = vi.spyOn(tf.engine(), 'runKernel');
    const { given, compute, tolerances } = bundled(cases);
    await expectParity(engines, given, compute, tolerances);
    const calls = asked.mock.calls.filter(([kernel]) => kernel === name).length;
    // By the reference and by the trace of each layout.
    expect(calls, `calls of ${name}`).toBeGreaterThanOrEqual(cases.length * (1 + engines.compiled.length));
  });
});
