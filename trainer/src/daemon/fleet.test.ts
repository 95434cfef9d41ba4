import { expect, it } from 'vitest';
import { Api } from '../client/api.ts';
import type { RegisterTrainerInput } from '../client/generated/graphql.ts';
import { serve } from '../client/testing/server.ts';
import { register } from './fleet.ts';

const trainer: RegisterTrainerInput = {
  key: 'a-key-of-its-own',
  name: 'bench',
  host: 'h',
  engines: ['compiled-cpu', 'tfjs-node'],
  device: 'd',
  slots: 1,
  version: '1',
  datasets: [],
  benchmarks: [{ engine: 'tfjs-node', model: 'resnet-8', batchSize: 64, stepMs: 90, compileMs: 0, measuredAt: '2026-01-01T00:00:00.000Z' }],
};

/** Registers with something that refuses as an API does; how often it was asked, and with how many speeds at last. */
async function registered(refusal: string): Promise<{ asked: number[]; failure: string | null }> {
  const asked: number[] = [];
  const { url, close } = await serve((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      const { benchmarks } = JSON.parse(body).variables.input;
      asked.push(benchmarks.length);
      const errors = benchmarks.length > 0 ? [{ message: refusal, extensions: { code: 'BAD_INPUT' } }] : undefined;
      const trainer = { id: 'trainer_1', leftOut: [] };
      const data = errors ? null : { registerTrainer: { trainer, leaseSeconds: 60, renewSeconds: 5 } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data, errors }));
    });
  });
  try {
    const failure = await register(new Api({ url, token: 't' }), trainer).then(
      () => null,
      (error: Error) => error.message,
    );
    return { asked, failure };
  } finally {
    await close();
  }
}

it('an older API, which refuses speeds of engines it does not know, is joined without them', async () => {
  expect(await registered('benchmarks.0.engine is "tfjs-node"; there are compiled-cuda, compiled-cpu.')).toEqual({
    asked: [1, 0],
    failure: null,
  });
});

it('any other refusal stays one', async () => {
  const refusal = 'name has to have 1 to 100 characters.';
  expect(await registered(refusal)).toEqual({ asked: [1], failure: refusal });
});
