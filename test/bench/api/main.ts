import { ensureProgramsBuilt } from '../../../start/programs.mjs';
import { runBuild } from '../../chaos/fleet/service.ts';
import { openDatabase } from './database.ts';
import { measure } from './measure.ts';
import { pythonWithMlflow } from './mlflow.ts';
import { HELP, readOptions } from './options.ts';
import { tableOf } from './table.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/** `npm run bench -- api …`. Gives the exit code: 1 if a part could not be measured. */
export const api = async (args: string[]): Promise<number> => {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const python = options.mlflow ? pythonWithMlflow(options.python) : null;
  if (options.mlflow && python === null)
    say(
      'MLFLOW WAS NOT FOUND: measured without it beside. pip install mlflow psycopg2-binary in a virtual environment, then --python PATH.',
    );
  runBuild(await ensureProgramsBuilt());
  const database = await openDatabase();
  try {
    const report = await measure(database, options, python, say);
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${tableOf(report)}\n`);
    return Object.keys(report.failed).length > 0 ? 1 : 0;
  } finally {
    await database.drop();
  }
};
