import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Api } from '../client/api.ts';
import { serve } from '../client/testing/server.ts';
import { deliver, isHopeless } from './delivery.ts';
import { JobFolder } from './job-folder.ts';
import { failure } from './reports.ts';
import { claimOf, terms } from './testing/claim.ts';
import { commitOf } from './testing/reports.ts';

it('a report is given up only where the API is well but for this report', () => {
  const minutes = (count: number) => count * 60_000;
  expect(isHopeless(0, minutes(1.9), minutes(1.9))).toBe(false);
  expect(isHopeless(0, minutes(0.1), minutes(600))).toBe(false);
  expect(isHopeless(0, minutes(2), minutes(2.1))).toBe(true);
});

it('reports that a proxy finds too large together arrive in parts, each once and in order', async () => {
  const committed: number[] = [];
  let refused = 0;
  const proxy: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (body.length > 3000) {
      refused += 1;
      return void response.writeHead(413, { 'content-type': 'text/html' }).end('<html>Too Large</html>');
    }
    const { input } = JSON.parse(body).variables;
    for (const { epoch } of input.epochs ?? []) committed.push(epoch);
    response.end(JSON.stringify({ data: { commitEpochs: { cancelRequested: false }, failJob: true } }));
  };
  const { url, close } = await serve(proxy);
  const jobs = await mkdtemp(join(tmpdir(), 'studyhall-delivery-'));
  const folder = await JobFolder.create(jobs, claimOf(), terms);
  const epochs = Array.from({ length: 30 }, (_, index) => index + 1);
  for (const epoch of epochs) await folder.store(commitOf([epoch]));
  await folder.store(failure('over'));
  const events = { cancelRequested: () => undefined, waiting: () => undefined, renewedAt: () => 0 };
  await deliver(new Api({ url, token: '' }), folder, events, new AbortController().signal);
  expect(committed).toEqual(epochs);
  expect(refused).toBeGreaterThan(0);
  await folder.close(true);
  await close();
  await rm(jobs, { recursive: true });
});
