import { createInterface } from 'node:readline';
import { trainer } from './trainer.ts';

/**
 * Runs one row on one engine in a process of its own, in batches of another size than 64 if a fourth argument says so. Says what it built in one
 * line of JSON, then answers every line `{"steps": n}` or `{"evaluations": n}` with the milliseconds of each, until its input ends.
 */
const [rowName = '', engineName = '', threads = '', batch] = process.argv.slice(2);
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  const subject = await trainer(rowName, engineName, Number(threads), batch === undefined ? undefined : Number(batch));
  const evaluate = await subject.prepareEvaluation();
  say({ compileMs: subject.compileMs, engine: subject.engine, parameters: subject.parameters });
  for await (const line of createInterface({ input: process.stdin })) {
    const { steps = 0, evaluations = 0 } = JSON.parse(line) as { steps?: number; evaluations?: number };
    const ms: number[] = [];
    for (let k = 0; k < steps; k++) ms.push((await timed(subject.step)) / subject.stepsPerCall);
    for (let k = 0; k < evaluations; k++) ms.push(await timed(evaluate));
    say({ ms, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
  }
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}
