import { availableParallelism } from 'node:os';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder, readText } from '../../start/machine/environment.mjs';
import { parseCommand, readCount, UsageError } from './cli.ts';
import { exitCodes, JoinEnded } from './daemon/exit-codes.ts';
import { readDuration } from './duration.ts';
import { CUDA_STEPS, MOST_STEPS_PER_CALL } from './engine/names.ts';

const HELP = `Studyhall's trainer

  npm run trainer -- join [options]           join a fleet: take runs from an API and train them
  npm run trainer -- run SPEC.json [options]  train one spec without a server
  npm run trainer -- analyse WEIGHTS… [options]  ask a question about trained networks, without a server
  npm run trainer -- data                     list and check the datasets of this machine; get published ones
  npm run trainer -- bench                    measure what this machine's engines reach
  npm run trainer -- install NAME             install TensorFlow's own library as an engine: tfjs-node, tfjs-node-gpu;
                                              uninstall removes it

Ask a command for its options by --help.
`;

const JOIN_HELP = `npm run trainer -- join [options]

Takes runs from a Studyhall API and trains them, until Ctrl-C: once finishes the batches under way, writes checkpoints and hands the
runs back; twice ends at once. Either way nothing is lost.

  --api URL       the API, or the web page's address (STUDYHALL_API_URL; http://127.0.0.1:4000)
  --token TOKEN   a token for trainers (STUDYHALL_TOKEN; else the one an API on this machine keeps in its home)
  --slots N       runs trained side by side (STUDYHALL_SLOTS; 1)
  --threads N     CPU threads of each run (STUDYHALL_THREADS; the cores, shared by the slots)
  --name NAME     what the fleet calls this trainer (the host's name)
  --engine NAME   only this engine, instead of every one that works here (auto); with tfjs-node, only runs that ask for it
  --until-idle T  ends by itself after so long without a run: 90s, 10m, 1.5h (STUDYHALL_UNTIL_IDLE; never)
  --max-runs N    ends by itself after so many runs (STUDYHALL_MAX_RUNS; never)

Its exit code says why it ended: 0 as it should (told to, idle, enough runs), 1 something broke, 2 an option is wrong, 3 the API does not
take it, 4 it has to be updated, 130 told to end at once.

  STUDYHALL_HOME  where it keeps its key, its outbox and downloaded weights (.studyhall)
  STUDYHALL_DATA  where it looks for datasets (data)
`;

const commands: Record<string, (args: string[]) => Promise<number>> = {
  join,
  run: async (args) => (await import('./commands/run.ts')).run(args),
  analyse: async (args) => (await import('./commands/analyse.ts')).analyse(args),
  data: async (args) => (await import('./commands/data.ts')).data(args),
  install: async (args) => (await import('./commands/install.ts')).install(args),
  uninstall: async (args) => (await import('./commands/install.ts')).uninstall(args),
  bench: async (args) => (await import('./commands/bench.ts')).bench(args, joinPath(studyhallHome, 'trainer')),
};

// Every command, and every process it starts, agrees on these folders, wherever it was started from.
const repository = fileURLToPath(new URL('../..', import.meta.url));
const studyhallHome = readFolder(process.env, 'STUDYHALL_HOME', '.studyhall', repository);
process.env.STUDYHALL_HOME = studyhallHome;
process.env.STUDYHALL_DATA = readFolder(process.env, 'STUDYHALL_DATA', 'data', repository);
process.env.STUDYHALL_ENGINES = readFolder(process.env, 'STUDYHALL_ENGINES', joinPath(studyhallHome, 'engines'), repository);

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  try {
    checkCudaSteps();
    if (!command) throw new UsageError(`there is no command "${name}"; there is: ${Object.keys(commands).join(', ')}`);
    return await command(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    if (error instanceof JoinEnded) return error.exitCode;
    return error instanceof UsageError ? exitCodes.usage : exitCodes.crashed;
  }
}

async function join(args: string[]): Promise<number> {
  const { values } = parseCommand(args, {
    api: { type: 'string' },
    token: { type: 'string' },
    slots: { type: 'string' },
    threads: { type: 'string' },
    name: { type: 'string' },
    engine: { type: 'string' },
    'until-idle': { type: 'string' },
    'max-runs': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    process.stdout.write(JOIN_HELP);
    return 0;
  }
  const { env } = process;
  const slots = countOf('--slots', values.slots, 'STUDYHALL_SLOTS', 64) ?? 1;
  const threads = countOf('--threads', values.threads, 'STUDYHALL_THREADS', 256);
  const idle = values['until-idle'] ?? readText(env, 'STUDYHALL_UNTIL_IDLE');
  const idleMs =
    idle === undefined ? null : readDuration(values['until-idle'] === undefined ? 'STUDYHALL_UNTIL_IDLE' : '--until-idle', idle);
  const mostRuns = countOf('--max-runs', values['max-runs'], 'STUDYHALL_MAX_RUNS', 1_000_000);
  const { join } = await import('./daemon/join.ts');
  return join({
    api: values.api ?? readText(env, 'STUDYHALL_API_URL') ?? 'http://127.0.0.1:4000',
    token: values.token ?? readText(env, 'STUDYHALL_TOKEN'),
    slots,
    threads: threads ?? Math.max(1, Math.floor(availableParallelism() / slots)),
    name: values.name,
    engine: values.engine ?? 'auto',
    limits: { idleMs, mostRuns },
    home: studyhallHome,
  });
}

/** The variable reaches engines, in whichever process, as a number or not at all. */
function checkCudaSteps(): void {
  const text = readText(process.env, CUDA_STEPS);
  process.env[CUDA_STEPS] = text === undefined ? '' : String(readCount(CUDA_STEPS, text, 1, MOST_STEPS_PER_CALL));
}

/** What an option says, else its variable; null: neither says anything. */
function countOf(option: string, given: string | undefined, variable: string, most: number): number | null {
  const [from, text] = given === undefined ? [variable, readText(process.env, variable)] : [option, given];
  return text === undefined ? null : readCount(from, text, 1, most);
}
