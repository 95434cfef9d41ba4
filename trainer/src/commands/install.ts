import { parseCommand, UsageError } from '../cli.ts';
import { isTensorFlow, TENSORFLOW_NAMES, type TensorFlowName } from '../engine/names.ts';
import { installTensorFlow, uninstallTensorFlow } from '../engine/tensorflow/install.ts';
import { enginesFolder, placesIn } from '../engine/tensorflow/place.ts';
import { showProgress } from '../fetch/progress.ts';

const HELP = `npm run trainer -- install tfjs-node|tfjs-node-gpu
npm run trainer -- uninstall tfjs-node|tfjs-node-gpu

Installs an engine on TensorFlow's own library, on Linux x64 with a C++ compiler: @tensorflow/tfjs-node from npm and TensorFlow from PyPI's wheel,
by known checksums and without Python. What the machine lacks is said before anything is fetched, and what was cut goes on when called again.

  tfjs-node       on the CPU: 0.3 GB are fetched, 1.3 GB needed meanwhile, 0.8 GB stay. An independent check of the other engines, slower than
                  compiled-cpu: runs have to ask for it by name
  tfjs-node-gpu   on an NVIDIA card (driver 525.60.13 or newer): with CUDA 12 and cuDNN 9, which NVIDIA licenses; 3.4 GB are fetched,
                  9.5 GB needed meanwhile. In place only if TensorFlow really uses the card

A trainer that is started afterwards offers it; \`run --engine NAME\` trains with it.

  STUDYHALL_ENGINES  where installed engines lie (engines in STUDYHALL_HOME)
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

const named = (args: string[]): TensorFlowName | null => {
  const { values, positionals } = parseCommand(args, { help: { type: 'boolean', short: 'h' } }, true);
  if (values.help) return null;
  const [name, ...more] = positionals;
  if (name === undefined || !isTensorFlow(name) || more.length > 0)
    throw new UsageError(
      `${name === undefined ? 'name an engine' : `"${positionals.join(' ')}" is not an engine that is installed by itself`}; there is ${TENSORFLOW_NAMES.join(', ')}`,
    );
  return name;
};

/** Installs an engine. The exit code. */
export const install = async (args: string[]): Promise<number> => {
  const name = named(args);
  if (name === null) say(HELP);
  else say(await installTensorFlow(name, enginesFolder(), { say, progressOf: (file) => showProgress(file) }));
  return 0;
};

/** Removes an installed engine and what was fetched for it. The exit code. */
export const uninstall = async (args: string[]): Promise<number> => {
  const name = named(args);
  if (name === null) {
    say(HELP);
    return 0;
  }
  const engines = enginesFolder();
  say((await uninstallTensorFlow(name, engines)) ? `removed ${placesIn(engines, name).engine}` : `${name} is not installed in ${engines}`);
  return 0;
};
