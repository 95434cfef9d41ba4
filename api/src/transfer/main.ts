import path from 'node:path';
import { parseArgs } from 'node:util';
import { onHouse } from '../backup/on-house.ts';
import { readSettings } from '../env.ts';
import { type ExportManifest, exportRuns } from './export.ts';
import { type Imported, importRuns } from './import.ts';

const HELP = `npm run export -- FOLDER [--experiment SLUG]
npm run import -- FOLDER

export writes all runs that have ended, or those of one experiment with their teachers, into a new folder: JSON lines for another Studyhall,
CSV for spreadsheets, weights and outputs as safetensors. No keys, accounts or trainers are in it. Studyhall may run meanwhile.
import takes such a folder in: ids, names and times as they were; what is here already is left as it is.
`;

process.exit(
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    return 1;
  }),
);

async function main(args: string[]): Promise<number> {
  const options = { experiment: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [command, place, ...more] = positionals;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if ((command !== 'export' && command !== 'import') || !place || more.length > 0) throw new Error(HELP);
  if (command === 'import' && values.experiment !== undefined) throw new Error('--experiment is for export; all of a folder is imported.');
  // As it was typed: npm runs this from the repository.
  const folder = path.resolve(process.env.INIT_CWD ?? '.', place);
  return onHouse(readSettings(process.env), async (house, ending) => {
    if (command === 'import') return tellOfImport(await importRuns({ ...house, folder, ending }));
    tellOfExport(await exportRuns({ ...house, folder, experiment: values.experiment, ending }), folder);
  });
}

function tellOfExport({ tables, underWay, missing }: ExportManifest, folder: string): void {
  const count = (name: string) => tables.find((table) => table.name === name)?.rows ?? 0;
  console.log(`${count('runs')} runs, ${count('analyses')} analyses and ${count('artifacts') - missing.length} files are in ${folder}.`);
  if (underWay > 0) console.log(`${underWay} runs have not ended and are not in it.`);
  if (missing.length > 0) console.error(`${missing.length} files were lost already and are not in it: ${missing.slice(0, 5).join(', ')}`);
}

function tellOfImport({ runs, runsKnown, analyses, analysesKnown, files }: Imported): void {
  console.log(
    `${runs} runs, ${analyses} analyses and ${files} files came in; ${runsKnown} runs and ${analysesKnown} analyses were here already.`,
  );
}
