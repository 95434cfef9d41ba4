import { parseArgs } from 'node:util';
import { GPU_ROWS } from '../train/rows.ts';

export const HELP = `npm run bench -- gpu [options]

Everything there is to know of a machine with a GPU, by one command: brings what is missing (ONNX Runtime's library for CUDA, CUDA 12 and cuDNN 9,
TensorFlow with its GPU, PyTorch), holds every kernel and every whole step on each engine against the reference, then measures training steps beside
PyTorch eager and torch.compile, on the same card and in turns. Each part has a time of its own, all of them one in common; what does not fit is said
to be not run, and what was found until then is kept. A second call finds what was brought.

  --minutes N     for everything (10)
  --bring         only brings what is missing, so that the minutes of another call go to the card
  --no-bring      takes what there is
  --engine NAME   an engine; several times for several (compiled-cuda, compiled-webgpu and tfjs-node-gpu on an NVIDIA card, else compiled-webgpu)
  --no-parity     without the comparison with the reference
  --no-train      only that comparison
  --no-pytorch    without PyTorch beside
  --only ROW      only this row of ${[...new Set(GPU_ROWS.map(({ name }) => name))].join(', ')}; several times for several
  --batch N       only this batch size of 64 and 512
  --kernels LIST  compares only these, separated by semicolons; --steps and --cases likewise
  --rounds N      turns taken on a row (5)
  --out FILE      where the document lies (bench-gpu.json in STUDYHALL_HOME)
  --json          the document on stdout in the end; what happens meanwhile goes to stderr
`;

const positive = (option: string, text: string): number => {
  const number = Number(text);
  if (!(number > 0 && Number.isFinite(number))) throw new Error(`${option} ${text}: a number above 0 is wanted`);
  return number;
};

/** @throws Error naming the option that is wrong, and what would be right */
export const readOptions = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      bring: { type: 'boolean', default: false },
      'no-bring': { type: 'boolean', default: false },
      engine: { type: 'string', multiple: true },
      'no-parity': { type: 'boolean', default: false },
      'no-train': { type: 'boolean', default: false },
      'no-pytorch': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      batch: { type: 'string' },
      kernels: { type: 'string' },
      steps: { type: 'string' },
      cases: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { only, batch } = values;
  const names = new Set(GPU_ROWS.map(({ name }) => name));
  const unknown = only?.find((name) => !names.has(name));
  if (unknown !== undefined) throw new Error(`no row ${unknown}; there are ${[...names].join(', ')}`);
  const rows = GPU_ROWS.filter((row) => (only?.includes(row.name) ?? true) && (batch === undefined || row.batch === Number(batch)));
  if (rows.length === 0) throw new Error(`--batch ${batch}: there are 64 and 512`);
  if (values.bring && values['no-bring']) throw new Error('--bring and --no-bring: only one of them');
  const rounds = positive('--rounds', values.rounds);
  if (!Number.isInteger(rounds)) throw new Error(`--rounds ${values.rounds}: a whole number is wanted`);
  return { ...values, rows, rounds, seconds: positive('--minutes', values.minutes) * 60 };
};

export type Options = ReturnType<typeof readOptions>;
