import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureRow, type Options, type Ratio, type Result } from './measure.ts';
import { pythonWithTorch } from './python.ts';
import { ROWS } from './rows.ts';

const HELP = `npm run bench -- train [options]

Milliseconds per training step (median, fastest), images/s in training and evaluation and the latter over the former, compile time and peak
memory of each network, 32 × 32 pictures: batches of 64 in training, of 250 in evaluation, as the trainer has them. Evaluation should be at
least 3 times as fast as training, and resnet-20 compiled in less than 2,000 ms. The ratios are PyTorch's time over ours: of the fastest steps,
and as the median over the turns.

  --engine NAME      an engine to measure; several times for several (compiled-cpu). NAME:N takes N steps in a call, as CUDA can
  --against pytorch  the same networks in PyTorch too, in turns, with the ratios (a Python with torch: $PYTHON, python3)
  --compile          PyTorch's compiled mode as well
  --only ROW         only this row; several times for several
  --threads N        CPU threads of either side (all cores)
  --rounds N         turns taken (7)
  --json             one JSON document instead of the table
`;

const columns = (cells: readonly string[]) =>
  cells.map((cell, index) => (index < 2 ? cell.padEnd(index === 0 ? 15 : 23) : cell.padStart(10))).join(' ');

const number = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits));

const ratio = (own: Ratio | undefined) => (own === undefined ? '' : `${own.fastest.toFixed(2)} ${own.typical.toFixed(2)}`);

const line = (row: string, r: Result) =>
  columns([
    row,
    r.name,
    number(r.stepMs, 1),
    number(r.fastestMs, 1),
    number(r.imagesPerSecond, 0),
    number(r.evaluationImagesPerSecond, 0),
    number(r.evaluationRatio, 1),
    number(r.compileMs, 0),
    number(r.peakMegabytes, 0),
    ratio(r.againstDefault),
    ratio(r.againstChannelsLast),
  ]);

const HEADER = columns(['', '', 'ms/step', 'fastest', 'images/s', 'eval/s', '÷ train', 'compile ms', 'peak MB', '÷ default', '÷ ch.-last']);

const counted = (option: string, value: string): number => {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new Error(`${option} ${value}: a whole number from 1 on is wanted`);
  return count;
};

/** `npm run bench -- train …`. Gives the exit code: 1 if an engine failed on a row. */
export const train = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      engine: { type: 'string', multiple: true, default: ['compiled-cpu'] },
      against: { type: 'string' },
      compile: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      threads: { type: 'string', default: String(availableParallelism()) },
      rounds: { type: 'string', default: '7' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.against !== undefined && values.against !== 'pytorch')
    throw new Error(`--against ${values.against}: only pytorch can be held against`);
  const python = values.against === 'pytorch' ? pythonWithTorch() : null;
  if (values.against === 'pytorch' && python === null) {
    throw new Error(
      'no Python here can import torch: `pip install torch` in a virtual environment and set PYTHON to its python, or `apt-get install python3-torch`',
    );
  }
  const rows =
    values.only === undefined
      ? ROWS
      : values.only.map((name) => {
          const row = ROWS.find((own) => own.name === name);
          if (row === undefined) throw new Error(`no row ${name}; there are ${ROWS.map((own) => own.name).join(', ')}`);
          return row;
        });
  const options: Options = {
    engines: values.engine,
    threads: counted('--threads', values.threads),
    rounds: counted('--rounds', values.rounds),
    python,
    compile: values.compile,
  };

  const machine = `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${options.threads} threads`;
  if (!values.json) process.stdout.write(`${machine}\n${HEADER}\n`);
  const report: { row: string; results: Result[]; failures: string[] }[] = [];
  for (const row of rows) {
    const measured = await measureRow(row, options);
    report.push({ row: row.name, ...measured });
    if (values.json) continue;
    for (const result of measured.results) process.stdout.write(`${line(row.name, result)}\n`);
    for (const failure of measured.failures) process.stdout.write(`${row.name.padEnd(15)} ${failure}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, node: process.version, rows: report }, null, 2)}\n`);
  return report.some(({ failures }) => failures.length > 0) ? 1 : 0;
};
