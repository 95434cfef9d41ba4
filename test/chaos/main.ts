import { parseArgs } from 'node:util';
import { ensureWebBuilt } from '../../start/build-web.mjs';
import { ensureProgramsBuilt } from '../../start/programs.mjs';
import { endInOrder } from '../ending.ts';
import { runBuild } from './fleet/service.ts';
import { strikeTogether } from './together/together.ts';

const HELP = `npm run chaos [-- options]

Two APIs, two web servers and three trainers on one Postgres, on loopback; their parts are killed by chance while they work, and Postgres is restarted
once. Every run has to end as if nobody had disturbed it, and whoever watches has to see every epoch once.

  --minutes N    how long parts are killed (2)
  --seed N       the same seed, the same strikes (1)
  --store WHICH  s3, or folder (s3)
`;

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, store: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
});
const minutes = Number(/^\d{1,3}(\.\d+)?$/.exec(values.minutes ?? '2')?.[0]);
const seed = Number(/^\d{1,9}$/.exec(values.seed ?? '1')?.[0]);
const store = (['s3', 'folder'] as const).find((known) => known === (values.store ?? 's3'));
if (values.help) process.stdout.write(HELP);
else if (!(minutes > 0) || Number.isNaN(seed) || !store) {
  process.stderr.write('--minutes takes a number above 0, --seed a whole number, --store s3 or folder.\n');
  process.exitCode = 2;
} else {
  endInOrder();
  runBuild(await ensureProgramsBuilt());
  await ensureWebBuilt();
  const began = performance.now();
  const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const report = await strikeTogether({ seed, seconds: minutes * 60, store, webs: true, say });
  for (const fault of report.faults) console.error(fault);
  console.log(`${report.runs} runs, ${report.viewers} viewers, ${report.strikes.length} strikes: ${report.faults.length} faults`);
  process.exitCode = report.faults.length > 0 ? 1 : 0;
}
