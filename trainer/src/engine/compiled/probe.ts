import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { FULL_PRECISION } from '../full-precision.ts';
import type { ProviderName } from '../names.ts';
import { reduce } from './graph/contraction.ts';
import { convolve, type Window } from './graph/convolution.ts';
import { Graph } from './graph/graph.ts';
import { serialize } from './graph/serialize.ts';

const WINDOW: Window = { kernel: [3, 3], strides: [1, 1], dilations: [1, 1], before: [1, 1], after: [1, 1] };
const LAYERS = 3;
const PICTURES = 8;
const SIDE = 16;
const CHANNELS = 64;

/** Three 3 × 3 convolutions of 64 channels on 8 pictures of 16 × 16, half a GFLOP, and the mean of the result. */
const model = (): Uint8Array => {
  const graph = new Graph();
  let x = graph.input('x', [PICTURES, CHANNELS, SIDE, SIDE], 'float32');
  // Every weight 1 / (9 · channels): a picture of ones keeps ones but for its edges.
  const filter = graph.constant(new Float32Array(CHANNELS * CHANNELS * 9).fill(1 / (9 * CHANNELS)), [CHANNELS, CHANNELS, 3, 3], 'float32');
  for (let layer = 0; layer < LAYERS; layer++) x = convolve(graph, x, filter, WINDOW);
  graph.output('mean', reduce(graph, 'ReduceMean', x, [0, 1, 2, 3]));
  return serialize(graph);
};

/** The mean of a picture of ones after the three convolutions, whose zero padding darkens the edges. */
const EXPECTED = meanOfLine() ** 2;

/** The convolutions are products of a mean over three rows and one over three columns: one line tells all. */
function meanOfLine(): number {
  let line = new Array<number>(SIDE).fill(1);
  for (let layer = 0; layer < LAYERS; layer++) line = line.map((own, k) => ((line[k - 1] ?? 0) + own + (line[k + 1] ?? 0)) / 3);
  return line.reduce((sum, own) => sum + own) / SIDE;
}

export type Probed = { readonly ms: number } | { readonly error: string };

const LONGEST = 20_000;

/** How long a provider takes for some convolutions, or why it does not start. */
export const probe = (provider: ProviderName, threads: number): Promise<Probed> =>
  new Promise((resolve) => {
    const child = fileURLToPath(new URL('probe-child.mjs', import.meta.url));
    const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
    const options = { timeout: LONGEST, env: { ...process.env, ...FULL_PRECISION } };
    const running = execFile(process.execPath, [child, runtime, provider, String(threads)], options, (error, stdout) => {
      if (stdout === '')
        return resolve({
          error: error?.killed
            ? `it took longer than ${LONGEST / 1000} s for half a GFLOP`
            : `its process ended (${error?.signal ?? error?.code ?? 'no reason given'})`,
        });
      const answer = JSON.parse(stdout) as { ms: number; value: number } | { error: string };
      if ('error' in answer) return resolve(answer);
      const right = Math.abs(answer.value - EXPECTED) < 1e-3;
      resolve(right ? { ms: answer.ms } : { error: `it computed ${answer.value} where ${EXPECTED} was right` });
    });
    running.stdin?.on('error', () => {});
    running.stdin?.end(model());
  });
