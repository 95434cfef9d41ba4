import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runText } from '@studyhall/contract/spec/identity.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, type StoredTensor, writeSafetensors } from '../data/safetensors.ts';
import { sha256Of } from '../data/sha256.ts';
import { eager } from '../engine/eager.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { readSpec } from '../spec/read-spec.ts';
import { earlierContract, readEarlier } from '../spec/testing/earlier-contract.ts';
import { TrainingError, TrainingStopped } from './failure.ts';
import { alone, Bench, outcome, pair, type Trained, taught, training } from './testing/bench.ts';
import { HashingEngine } from './testing/hashing-engine.ts';
import { Recorder } from './testing/recorder.ts';
import { CANCEL } from './train.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

describe.each([
  ['reference', 'SGD', { optimizer: { sgd: {} } }],
  ['compiled-cpu', 'AdamW', { optimizer: { adamw: {} }, learningRate: 0.003, gradientClipping: 1, labelSmoothing: 0.1 }],
  ['compiled-cpu', 'products in float16', { precision: 'MIXED_FLOAT16' }],
])('a run that was interrupted (%s, %s)', (engineName, title, settings) => {
  const spec = {
    ...taught,
    networks: [
      { model: 'cnn-2', dropout: 0.3 },
      { model: 'mlp-6', dropout: 0.1 },
    ],
    training: { ...training, epochs: 2, selection: 'BEST_VALIDATION', ...settings },
  };
  let engine: Engine;
  let whole: Trained;
  beforeAll(async () => {
    engine = await openEngine(engineName, { threads: 1 });
    whole = await bench.run(bench.job(spec), engine);
  });
  afterAll(() => engine.dispose());

  it('repeats itself bit by bit', async () => {
    expect(outcome(await bench.run(bench.job(spec), engine))).toEqual(outcome(whole));
  });

  it.each([1, 2, 3])('goes on from checkpoint %d to the same numbers and files', async (nth) => {
    // As a killed process leaves it: nothing after the checkpoint counts.
    const before = new Recorder();
    const controller = new AbortController();
    const killed = new Recorder({
      epoch: (recorder) => {
        if (recorder.checkpoints.length !== nth) return;
        before.rows.push(...recorder.rows);
        controller.abort(CANCEL);
      },
    });
    await expect(bench.run(bench.job(spec), engine, killed, controller.signal)).rejects.toThrow(TrainingStopped);
    const { file, epoch } = killed.checkpoints[nth - 1] as (typeof killed.checkpoints)[0];
    const path = join(bench.root, `kept-${engineName}-${title}-${nth}.safetensors`);
    await copyFile(file.path, path);
    const after = await bench.run(bench.job(spec, { checkpoint: { epoch, path } }), engine);
    expect(outcome(after)).toEqual(outcome(whole));
    expect([...before.numbers, ...after.recorder.numbers]).toEqual(whole.recorder.numbers);
  });

  it('stopped in the middle of an epoch, goes on from that very step', async () => {
    const controller = new AbortController();
    const stopping = new Recorder();
    const watched = new HashingEngine(engine, (steps) => {
      if (steps === 15) controller.abort();
    });
    await expect(bench.run(bench.job(spec), watched, stopping, controller.signal)).rejects.toThrow(
      /stopped in epoch \d after \d of 6 steps/,
    );
    const { file, epoch } = stopping.checkpoints.at(-1) as (typeof stopping.checkpoints)[0];
    const after = await bench.run(bench.job(spec, { checkpoint: { epoch, path: file.path } }), engine);
    expect(outcome(after)).toEqual(outcome(whole));
    expect([...stopping.numbers, ...after.recorder.numbers]).toEqual(whole.recorder.numbers);
  });
});

describe('a checkpoint of an earlier version', () => {
  const stopped = async () => {
    const controller = new AbortController();
    const recorder = new Recorder({ epoch: ({ checkpoints }) => checkpoints.length === 1 && controller.abort() });
    await expect(bench.run(bench.job(pair), eager('cpu'), recorder, controller.signal)).rejects.toThrow(TrainingStopped);
    const { file, epoch } = recorder.checkpoints.at(-1) as (typeof recorder.checkpoints)[0];
    return { epoch, path: file.path, file: readSafetensors(await readFile(file.path)) };
  };

  it('is gone on from where the contract has had a setting more since', async () => {
    const { epoch, path, file } = await stopped();
    const data = { hash: await bench.datasetHash(), firstView: 'image' };
    const earlier = readEarlier(pair);
    expect(earlier.training).not.toHaveProperty('labelSmoothing');
    expect(file.metadata.identity).toBe(sha256Of([runText(earlier, 1, data, earlierContract)]));
    const whole = await bench.run(bench.job(pair));
    expect(outcome(await bench.run(bench.job(earlier, { checkpoint: { epoch, path } })))).toEqual(outcome(whole));
  });

  it('is gone on from where it was named after all of its spec', async () => {
    const { epoch, path, file } = await stopped();
    const identity = sha256Of([JSON.stringify([1, await bench.datasetHash(), readSpec(pair)])]);
    await writeFile(path, writeSafetensors(file.tensors, { ...file.metadata, identity }));
    const whole = await bench.run(bench.job(pair));
    expect(outcome(await bench.run(bench.job(pair, { checkpoint: { epoch, path } })))).toEqual(outcome(whole));
  });
});

describe.each(['reference', 'compiled-cpu'])('a run with aligned features, stopped within an epoch (%s)', (engineName) => {
  it('goes on with the permutations in force, which the weights of that step no longer give', async () => {
    const features = { layer: 'LAST', weight: 3, alignment: 'PERMUTATION' };
    const networks = [{ model: 'cnn-4' }, { model: 'cnn-4' }];
    const spec = { ...alone, networks, method: { mutual: { features } }, training: { ...training, epochs: 2, learningRate: 0.3 } };
    const engine = await openEngine(engineName, { threads: 1 });
    const whole = new HashingEngine(engine);
    const uninterrupted = await bench.run(bench.job(spec), whole);

    const controller = new AbortController();
    const stopping = new Recorder();
    const until = new HashingEngine(engine, (steps) => {
      if (steps === 9) controller.abort();
    });
    await expect(bench.run(bench.job(spec), until, stopping, controller.signal)).rejects.toThrow('stopped in epoch 2 after 3 of 6 steps');
    const { file, epoch } = stopping.checkpoints.at(-1) as (typeof stopping.checkpoints)[0];
    const rest = new HashingEngine(engine);
    const after = await bench.run(bench.job(spec, { checkpoint: { epoch, path: file.path } }), rest);
    expect([...until.steps, ...rest.steps]).toEqual(whole.steps);
    expect(outcome(after)).toEqual(outcome(uninterrupted));
    expect([...stopping.numbers, ...after.recorder.numbers]).toEqual(uninterrupted.recorder.numbers);
    await engine.dispose();
  });
});

describe('a checkpoint', () => {
  const stored = async () => {
    const { recorder } = await bench.run(bench.job(alone));
    return (recorder.checkpoints.at(-1) as (typeof recorder.checkpoints)[0]).file.path;
  };
  const resume = (path: string, spec: object = alone, seed = 1) => bench.run(bench.job(spec, { checkpoint: { epoch: 3, path }, seed }));
  const unusable = (reason: string) => ({ discardCheckpoint: true, permanent: false, message: expect.stringContaining(reason) });

  it('cut short, damaged or missing, is to be discarded', async () => {
    const path = await stored();
    const bytes = await readFile(path);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
    await writeFile(path, bytes);
    await expect(resume(path)).rejects.toMatchObject(unusable('does not match its checksum'));
    await truncate(path, bytes.length - 40);
    await expect(resume(path)).rejects.toMatchObject(unusable('cut short'));
    await expect(resume(`${path}.gone`)).rejects.toMatchObject(unusable('ENOENT'));
  });

  it('written by an earlier version, which knew SGD alone, is to be discarded', async () => {
    const path = await stored();
    const { tensors, metadata } = readSafetensors(await readFile(path));
    const { 'slot.velocity': velocity, ...rest } = tensors;
    const old = writeSafetensors({ ...rest, velocity: velocity as StoredTensor }, { ...metadata, kind: 'studyhall-checkpoint-1' });
    await writeFile(path, old);
    await expect(resume(path)).rejects.toMatchObject(unusable('not a checkpoint of this version'));
  });

  it('of another run is refused', async () => {
    const path = await stored();
    await expect(resume(path, alone, 2)).rejects.toMatchObject(unusable('seed, dataset or spec differ'));
    await expect(resume(path, pair)).rejects.toBeInstanceOf(TrainingError);
  });
});
