import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { availableEngines } from '../../../trainer/src/engine/available.ts';
import type { Parity } from '../../../trainer/src/training/testing/parity-worker.ts';
import { endWith } from '../../ending.ts';
import { train } from '../train/main.ts';
import { pythonWithTorch } from '../train/python.ts';

const HELP = `npm run bench -- gpu [options]

Everything there is to know of a GPU machine: every kernel and every whole step on each of its engines held against the reference, then the
training benchmark on them, beside PyTorch eager and torch.compile where a Python with torch is found.

  --engine NAME   an engine; several times for several (compiled-cuda and compiled-webgpu, as far as they work here)
  --no-parity     only the benchmark
  --no-train      only the comparison with the reference
`;

const worker = fileURLToPath(new URL('../../../trainer/src/training/testing/parity-worker.ts', import.meta.url));

/** What of an engine does not agree with the reference; a crash of its process counts as one. */
const disagreements = async (engine: string): Promise<string[]> => {
  const child = spawn(process.execPath, ['--import', 'tsx', worker, engine], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.once(
    'exit',
    endWith(() => child.kill('SIGKILL')),
  );
  const ended = new Promise<number | string>((resolve) => child.on('close', (code, signal) => resolve(signal ?? code ?? 1)));
  const wrong: string[] = [];
  let right = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { what, excess, error } = JSON.parse(line) as Parity;
    if (excess <= 1) right++;
    else wrong.push(`${what}: ${error ?? `${excess.toFixed(1)} times as far from the reference as rounding may carry it`}`);
  }
  const end = await ended;
  if (end !== 0) wrong.push(`its process ended with ${end} after ${right + wrong.length} comparisons`);
  process.stdout.write(`${engine}: ${right} kernels, steps and cases agree with the reference, ${wrong.length} do not\n`);
  for (const own of wrong) process.stdout.write(`  ${own}\n`);
  return wrong;
};

/** `npm run bench -- gpu …`. The exit code: 1 if anything disagrees or fails. */
export const gpu = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', multiple: true },
      'no-parity': { type: 'boolean', default: false },
      'no-train': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engines = values.engine ?? (await availableEngines()).filter((name) => name === 'compiled-cuda' || name === 'compiled-webgpu');
  if (engines.length === 0) throw new Error('neither compiled-cuda nor compiled-webgpu works here: docs/guide/gpu.md says what they need');
  let failed = false;
  if (!values['no-parity']) for (const engine of engines) failed = (await disagreements(engine)).length > 0 || failed;
  if (values['no-train']) return failed ? 1 : 0;
  const python = pythonWithTorch() === null ? [] : ['--against', 'pytorch', '--compile'];
  if (python.length === 0) process.stdout.write('no Python with torch here (set PYTHON to one): measured without PyTorch beside\n');
  const code = await train([...engines.flatMap((engine) => ['--engine', engine]), ...python]);
  return failed ? 1 : code;
};
