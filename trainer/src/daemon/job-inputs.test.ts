import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serve } from '../client/testing/server.ts';
import { ArtifactCache } from './artifact-cache.ts';
import { JobFolder } from './job-folder.ts';
import { CheckpointUnusable, fetchInputs, wantedEngine } from './job-inputs.ts';
import { claimOf, terms } from './testing/claim.ts';
import { commitOf } from './testing/reports.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const checkpoint = { epoch: 3, sha256: hash('state'), path: `/artifacts/${hash('state')}`, fingerprint: null };
const teacher = {
  runId: 'run_9',
  network: 0,
  model: 'mlp-8',
  view: 'image',
  sha256: hash('weights'),
  path: `/artifacts/${hash('weights')}`,
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'studyhall-inputs-'));
});
afterEach(() => rm(home, { recursive: true }));

async function inputsOf(claim: Parameters<typeof claimOf>[0], listener: RequestListener, prepare?: (folder: JobFolder) => Promise<void>) {
  const { url, close } = await serve(listener);
  const folder = await JobFolder.create(home, claimOf(claim), terms);
  await prepare?.(folder);
  const waits: string[] = [];
  try {
    const cache = await ArtifactCache.open(join(home, 'cache'), { url, token: '' });
    return { inputs: await fetchInputs(folder, cache, (reason) => waits.push(reason), new AbortController().signal), waits };
  } finally {
    await folder.close(false);
    await close();
  }
}

const stored: RequestListener = (request, response) => {
  const text = ['state', 'weights'].find((candidate) => request.url === `/artifacts/${hash(candidate)}`);
  response.writeHead(text ? 200 : 404).end(text);
};

describe('a job’s inputs', () => {
  it('are none for a run from scratch', async () => {
    const { inputs } = await inputsOf({}, stored);
    expect(inputs).toEqual({ checkpoint: undefined, inputs: { teachers: [] } });
  });

  it('are the claim’s checkpoint and its teachers’ weights, verified and on this machine', async () => {
    const { inputs } = await inputsOf({ checkpoint, train: { teachers: [teacher] } }, stored);
    expect(inputs.checkpoint?.epoch).toBe(3);
    expect(await readFile(inputs.checkpoint?.path ?? '', 'utf8')).toBe('state');
    const { teachers } = inputs.inputs as { teachers: { path: string }[] };
    expect(teachers).toMatchObject([{ runId: 'run_9', model: 'mlp-8' }]);
    expect(await readFile(teachers[0]?.path ?? '', 'utf8')).toBe('weights');
  });

  it('prefer the checkpoint this trainer wrote itself under the same attempt', async () => {
    const { inputs } = await inputsOf({ checkpoint }, stored, async (folder) => {
      const path = join(folder.path, 'mine');
      await writeFile(path, 'newer');
      await folder.store(commitOf([5], { epoch: 5, teacherEpoch: null, file: { path, sha256: hash('newer'), bytes: 5 } }));
    });
    expect(inputs.checkpoint?.epoch).toBe(5);
  });

  it('name a checkpoint whose bytes are not what was stored', async () => {
    const corrupted = inputsOf({ checkpoint }, (_, response) => response.end('stat3'));
    await expect(corrupted).rejects.toThrow(CheckpointUnusable);
    await expect(inputsOf({ checkpoint }, (_, response) => response.writeHead(404).end())).rejects.toThrow(
      'The checkpoint of epoch 3 is unusable',
    );
  });

  it('name the teacher whose weights are not there', async () => {
    const gone = inputsOf({ train: { teachers: [teacher] } }, (_, response) => response.writeHead(404).end());
    await expect(gone).rejects.toThrow(/^The weights of its teacher, network 0 of run run_9, cannot be had: the API has no artifact/);
  });

  it('are waited for while the API is away', async () => {
    let asked = 0;
    const { inputs, waits } = await inputsOf({ checkpoint }, (request, response) => {
      if (++asked === 1) response.writeHead(503).end();
      else stored(request, response);
    });
    expect(inputs.checkpoint?.epoch).toBe(3);
    expect(waits).toHaveLength(1);
  });
});

it('a claim names its engine in the contract’s words', () => {
  expect(wantedEngine({ engine: 'AUTO' })).toBeNull();
  expect(wantedEngine({ engine: 'COMPILED_CPU' })).toBe('compiled-cpu');
});
