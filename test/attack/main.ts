import { parseArgs } from 'node:util';
import pg from 'pg';
import type { TestDatabase } from '../../api/src/testing/database.ts';
import { TestS3 } from '../../api/src/testing/s3.ts';
import { ensureProgramsBuilt } from '../../start/programs.mjs';
import { runBuild } from '../chaos/fleet/service.ts';
import { endInOrder } from '../ending.ts';
import { temporaryPostgres } from '../postgres.ts';
import { AttackedHouse } from './attacked-house.ts';
import { attacks } from './attacks.ts';
import { besides } from './bystander.ts';
import { generate } from './generator/run.ts';
import { forgetPeak, memoryOf, type Target } from './target.ts';

const HELP = `npm run attack [-- options]

Attacks an API of its own, on loopback, and measures what another client lives through meanwhile, who asks { __typename } over and over. Each of
the attacks should come to what it says, with no error for the other, 95 of 100 of its questions answered within 250 ms, and less than 700 MB of
memory. Then sends requests made by chance from the contract, to an API that keeps its artifacts in a bucket.

  --requests N   how many of those (10000)
  --seed N       the same seed, the same requests (1)
  --only WHICH   attacks, or chance
  --json         one JSON document instead of the tables
`;

const parts = ['attacks', 'chance'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  options: {
    requests: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
const only = parts.find((part) => part === values.only);
const [requests, seed] = [values.requests ?? '10000', values.seed ?? '1'].map((given) =>
  /^\d{1,9}$/.test(given) ? Number(given) : undefined,
);
if (values.help) process.stdout.write(HELP);
else if ((values.only !== undefined && !only) || requests === undefined || seed === undefined) {
  process.stderr.write(`--requests and --seed take whole numbers, --only takes ${parts.join(' or ')}.\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await main(requests, seed, only ? [only] : parts, values.json === true);
}

async function main(requests: number, seed: number, parts: readonly Part[], json: boolean): Promise<number> {
  endInOrder();
  runBuild(await ensureProgramsBuilt());
  const { postgres, close } = await temporaryPostgres('studyhall-attacked-', { fsync: 'off' });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const database = {
    url: postgres.url,
    query: async <Row extends pg.QueryResultRow>(sql: string, given?: unknown[]) => (await client.query<Row>(sql, given)).rows,
    // One for both parts.
    drop: async () => {},
  };
  const s3 = await TestS3.start();
  try {
    const measured = parts.includes('attacks')
      ? await inHouse(database, {}, async (target) => {
          const all = [];
          for (const attack of attacks) all.push(await measure(target, attack, json));
          return all;
        })
      : [];
    const chance = parts.includes('chance')
      ? await inHouse(database, s3.environment, (target) => byChance(target, requests, seed, json))
      : undefined;
    if (json) process.stdout.write(`${JSON.stringify({ attacks: measured, chance }, null, 2)}\n`);
    return [...measured, ...(chance ? [chance] : [])].some(({ complaints }) => complaints.length > 0) ? 1 : 0;
  } finally {
    await client.end();
    await s3.close();
    await close();
  }
}

async function inHouse<Result>(database: TestDatabase, store: Record<string, string>, work: (target: Target) => Promise<Result>) {
  const house = await AttackedHouse.open(database, store);
  try {
    return await work(house.target);
  } catch (error) {
    throw new Error(`The API said: ${house.api.output.slice(-4000)}`, { cause: error });
  } finally {
    await house.close();
  }
}

async function measure(target: Target, { who, what, run }: (typeof attacks)[number], quiet: boolean) {
  await forgetPeak(target.pid);
  const began = performance.now();
  const { result: complaints, lived } = await besides(target.url, () => run(target));
  const { most } = await memoryOf(target.pid);
  const seconds = (performance.now() - began) / 1000;
  if (!quiet) {
    process.stdout.write(
      `${who}: ${what}\n  ${seconds.toFixed(1)} s; the other client: median ${lived.medianMs.toFixed(0)}, p95 ${lived.p95Ms.toFixed(0)}, worst ${lived.worstMs.toFixed(0)} ms, ` +
        `${lived.errors.length} errors; at most ${most.toFixed(0)} MB\n`,
    );
    for (const complaint of [...complaints, ...lived.errors.slice(0, 3)]) process.stdout.write(`  NOT RIGHT: ${complaint}\n`);
  }
  return { who, what, seconds, complaints, mostMegabytes: most, bystander: lived };
}

async function byChance(target: Target, requests: number, seed: number, quiet: boolean) {
  const { result, lived } = await besides(target.url, () => generate(target, requests, seed));
  if (!quiet) {
    process.stdout.write(
      `\n${requests} requests by chance (seed ${seed}): ${result.complaints.length} complaints, largest answer ${(result.largestBytes / 1e6).toFixed(2)} MB, ` +
        `slowest ${result.slowestMs.toFixed(0)} ms (${result.slowest.slice(0, 160)}); the other client: p95 ${lived.p95Ms.toFixed(0)} ms, ${lived.errors.length} errors\n` +
        `memory in MB, sampled ten times: ${result.memory.map((mb) => mb.toFixed(0)).join(' ')}\nanswers: ${JSON.stringify(result.codes)}\n`,
    );
    for (const complaint of result.complaints.slice(0, 20)) process.stdout.write(`- ${complaint}\n`);
  }
  return { ...result, seed, bystander: lived };
}
