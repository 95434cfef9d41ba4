// Starts one provider in a process of its own and times a graph on it: a driver that crashes, or writes to the terminal, does so here.
// Plain JavaScript, so that it starts without a loader. Arguments: onnxruntime-node's path, provider, threads; the model comes on stdin.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [path, provider, threads] = process.argv.slice(2);
const WARM_UP = 1;
const RUNS = 3;

try {
  const ort = createRequire(import.meta.url)(path);
  const session = await ort.InferenceSession.create(readFileSync(0), {
    executionProviders: [provider],
    intraOpNumThreads: Number(threads),
    logSeverityLevel: 4,
  });
  const [name] = session.inputNames;
  const { shape } = session.inputMetadata[0];
  const feeds = { [name]: new ort.Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape) };
  const times = [];
  let last;
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const start = performance.now();
    last = await session.run(feeds);
    times.push(performance.now() - start);
  }
  const value = Object.values(last)[0].data[0];
  process.stdout.write(JSON.stringify({ ms: Math.min(...times.slice(WARM_UP)), value }));
} catch (error) {
  process.stdout.write(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
}
