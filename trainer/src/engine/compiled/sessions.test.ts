import ort from 'onnxruntime-node';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Signature, StepFunction } from '../engine.ts';
import { memoryLimit } from '../memory-limit.ts';
import { tf } from '../tf.ts';
import { CompiledEngine } from './engine.ts';
import { startProvider } from './provider.ts';
import { Sessions } from './sessions.ts';
import { traceStep } from './trace-step.ts';

const provider = await startProvider('cpu', 1);
const signature: Signature = { state: { w: { shape: [4], dtype: 'float32' } }, inputs: { x: { shape: [4], dtype: 'float32' } } };

/** w ← w + factor·x; every factor is another model. */
const step =
  (factor: number): StepFunction =>
  ({ w }, { x }) => {
    const next = tf.add(w as tf.Tensor, tf.mul(x as tf.Tensor, factor));
    return { state: { w: next }, outputs: { sum: tf.sum(next) } };
  };

const model = (factor: number) => traceStep('step', signature, step(factor), provider).model;

describe('sessions by their models', () => {
  it('are shared by equal bytes while in use, also when asked for at once', async () => {
    const sessions = new Sessions(provider);
    const [one, other, third] = await Promise.all([
      sessions.acquire(model(1), []),
      sessions.acquire(model(1), []),
      sessions.acquire(model(2), []),
    ] as const);
    expect(one.session).toBe(other.session);
    expect(third.session).not.toBe(one.session);
    expect(sessions.size).toBe(2);
    await sessions.dispose();
    expect(sessions.size).toBe(0);
  });

  it('stay idle for the next run, the last used longest, and are never more than the bound', async () => {
    const sessions = new Sessions(provider, 2);
    const lendAndReturn = async (factor: number) => {
      const { session, release } = await sessions.acquire(model(factor), []);
      await release();
      return session;
    };
    const first = await lendAndReturn(1);
    const second = await lendAndReturn(2);
    expect(await lendAndReturn(1)).toBe(first);
    await lendAndReturn(3);
    expect(sessions.size).toBe(2);
    expect(await lendAndReturn(1)).toBe(first);
    expect(await lendAndReturn(2)).not.toBe(second);
    await sessions.dispose();
  });

  it('are not given up while somebody uses them', async () => {
    const sessions = new Sessions(provider, 0);
    const [one, other] = [await sessions.acquire(model(1), []), await sessions.acquire(model(1), [])];
    await one.release();
    expect(sessions.size).toBe(1);
    await other.release();
    expect(sessions.size).toBe(0);
  });

  it('go before a new one is made, where memory is short; those in use stay', async () => {
    const sessions = new Sessions(provider);
    const [idle, used] = [await sessions.acquire(model(1), []), await sessions.acquire(model(2), [])];
    await idle.release();
    const available = vi.spyOn(process, 'availableMemory').mockReturnValue(memoryLimit() / 4 - 1);
    await sessions.acquire(model(3), []);
    available.mockRestore();
    expect(sessions.size).toBe(2);
    expect((await sessions.acquire(model(2), [])).session).toBe(used.session);
    await sessions.dispose();
  });

  it('leave nothing behind when a model is refused', async () => {
    const sessions = new Sessions(provider);
    await expect(sessions.acquire(new Uint8Array([1, 2, 3]), [])).rejects.toThrow();
    expect(sessions.size).toBe(0);
  });
});

describe('programs of equal steps in one process', () => {
  const engine = new CompiledEngine(provider);
  afterAll(() => engine.dispose());

  const deep: StepFunction = ({ w }, { x }) => {
    let next = w as tf.Tensor;
    for (let layer = 1; layer <= 150; layer++) next = tf.add(next, tf.mul(tf.tanh(tf.mul(next, x as tf.Tensor)), layer / 10_000));
    return { state: { w: next }, outputs: {} };
  };

  it('compile once, keep states of their own and give the same numbers', async () => {
    const run = async (seed: number) => {
      const program = await engine.prepare(`run of seed ${seed}`, signature, deep);
      const w = { spec: { shape: [4], dtype: 'float32' } as const, data: new Float32Array(4).fill(seed / 10) };
      const state = engine.createState({ w });
      const x = new Float32Array(4).fill(0.5);
      await program.run(state, { x });
      await program.run(state, { x });
      const end = await state.read();
      await program.dispose();
      return end;
    };
    const created = vi.spyOn(ort.InferenceSession, 'create');
    const first = await run(1);
    const others = [await run(2), await run(3), await run(1)] as const;
    expect(others[2]).toEqual(first);
    expect(others[0]).not.toEqual(first);
    expect(created).toHaveBeenCalledTimes(1);
  });

  it('are forgotten once they are disposed, however many runs an engine serves', async () => {
    const before = engine.programs;
    for (let run = 0; run < 3; run++) await (await engine.prepare(`run ${run}`, signature, step(7))).dispose();
    expect(engine.programs).toBe(before);
    const kept = await engine.prepare('kept', signature, step(7));
    expect(engine.programs).toBe(before + 1);
    await kept.dispose();
  });

  it('go on when one of two is disposed', async () => {
    const one = await engine.prepare('one', signature, step(5));
    const other = await engine.prepare('other', signature, step(5));
    await one.dispose();
    const state = engine.createState({ w: { spec: { shape: [4], dtype: 'float32' }, data: new Float32Array(4) } });
    expect((await other.run(state, { x: new Float32Array(4).fill(1) })).sum).toEqual(Float32Array.of(20));
    await expect(one.run(state, { x: new Float32Array(4) })).rejects.toThrow('one was disposed');
  });
});
