import { parseCommand, UsageError } from '../cli.ts';
import { installTensorFlow, uninstallTensorFlow } from '../engine/tensorflow/install.ts';
import { enginesFolder, placesIn, TENSORFLOW } from '../engine/tensorflow/place.ts';
import { showProgress } from '../fetch/progress.ts';

const HELP = `npm run trainer -- install tfjs-node
npm run trainer -- uninstall tfjs-node

Installs the engine tfjs-node, TensorFlow's own library, on Linux x64 with a C++ compiler: @tensorflow/tfjs-node from npm and TensorFlow from
PyPI's wheel, both by known checksums, without Python; 1.3 GB while it is installed, 0.8 GB afterwards. It is an independent check of
the others and slower than compiled-cpu; \`run --engine tfjs-node\` trains with it.

  STUDYHALL_ENGINES  where installed engines lie (engines in STUDYHALL_HOME)
`;

const say = (line: string) => process.stdout.write(`${line}\n`);

const named = (args: string[]): string | null => {
  const { values, positionals } = parseCommand(args, { help: { type: 'boolean', short: 'h' } }, true);
  if (values.help) return null;
  const [name, ...more] = positionals;
  if (name !== TENSORFLOW || more.length > 0)
    throw new UsageError(
      `${name === undefined ? 'name an engine' : `"${positionals.join(' ')}" is not an engine that is installed by itself`}; there is ${TENSORFLOW}`,
    );
  return name;
};

/** Installs an engine. The exit code. */
export const install = async (args: string[]): Promise<number> => {
  if (named(args) === null) say(HELP);
  else say(await installTensorFlow(enginesFolder(), { say, progressOf: (file) => showProgress(file) }));
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
  say((await uninstallTensorFlow(engines)) ? `removed ${placesIn(engines).engine}` : `${name} is not installed in ${engines}`);
  return 0;
};
