import path from 'node:path';
import { parseArgs } from 'node:util';
import { readSettings } from '../env.ts';
import { backUp } from './backup.ts';
import type { Manifest } from './manifest.ts';
import { onHouse } from './on-house.ts';
import { restore } from './restore.ts';

const HELP = `npm run backup [-- FOLDER]
npm run restore -- FOLDER [--replace]

backup writes database, artifacts and keys into a new folder, while Studyhall runs or not: all as it was at one moment. Without FOLDER it is
called by the time and lies in STUDYHALL_HOME/backups; a copy on another disk survives this one. It holds keys: only its owner may read it.
restore checks a backup whole, then brings it back, while no API runs; what it was made by may be older, not newer.

  --replace   put the backup in the place of what there is
`;

process.exit(
  await main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    return 1;
  }),
);

async function main(args: string[]): Promise<number> {
  const options = { replace: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [command, place, ...more] = positionals;
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if ((command !== 'backup' && command !== 'restore') || more.length > 0 || (command === 'restore' && !place)) throw new Error(HELP);
  if (command === 'backup' && values.replace)
    throw new Error('--replace is for restore; a backup is written into a folder that is not there yet.');
  const settings = readSettings(process.env);
  // As it was typed: npm runs this from the repository.
  const folder = place
    ? path.resolve(process.env.INIT_CWD ?? '.', place)
    : path.join(settings.home, 'backups', new Date().toISOString().replaceAll(':', '-').slice(0, 19));
  const { home } = settings;
  return onHouse(settings, async (house, ending) => {
    if (command === 'backup') tell(await backUp({ ...house, home, folder, ending }), `is in ${folder}`);
    else tell(await restore({ ...house, home, folder, replace: values.replace ?? false, ending }), 'is back');
  });
}

function tell({ tables, artifacts, missing, createdAt }: Manifest, what: string): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`The backup of ${createdAt} ${what}: ${rows} rows, ${artifacts.count} artifacts (${(artifacts.bytes / 1e6).toFixed(1)} MB).`);
  if (missing.length > 0)
    console.error(
      `${missing.length} artifacts that the database knows were missing or damaged already, and are not in it: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}`,
    );
}
