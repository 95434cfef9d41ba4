// `npm run deck`: schedules the deck's presets on a running Studyhall. Node's built-ins only.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ASK_HELP, askOptions, askPerson } from './ask.mjs';
import { home } from './place.mjs';

const SCALES = ['TINY', 'SMALL', 'PAPER'];

const HELP = `npm run deck [-- SYSTEM… --scale SCALE]

Schedules what is missing of the deck's presets on a running Studyhall: of all systems, or of those that are named. Runs that exist already
are shared, not repeated.

  --scale SCALE   tiny (minutes on two cores), small (up to an hour each) or paper (the published recipe); tiny if not given
${ASK_HELP}
`;

process.exitCode = await main().catch((error) => {
  console.error(error.message);
  return 1;
});

async function main() {
  const options = { ...askOptions, scale: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const scale = (values.scale ?? 'tiny').toUpperCase();
  if (!SCALES.includes(scale)) throw new Error(`--scale is "${values.scale}"; there are: ${SCALES.join(', ').toLowerCase()}`);
  const { apiUrl, ask } = await askPerson(values);
  const systems = (await ask('{ deckSystems { slug } }')).deckSystems.map(({ slug }) => slug);
  const unknown = positionals.find((slug) => !systems.includes(slug));
  if (unknown) throw new Error(`There is no system "${unknown}" in the deck; there are: ${systems.join(', ')}`);
  const failed = await scheduleAll(ask, positionals.length > 0 ? positionals : systems, scale);
  console.log(`\nWatch them, system by system:  ${await pageOf(apiUrl)}/deck`);
  return failed > 0 ? 1 : 0;
}

/** Schedules one system after the other. @returns how many could not be. */
async function scheduleAll(ask, systems, scale) {
  const mutation = `mutation ($system: String!, $scale: DeckScale!) {
    scheduleDeckPreset(system: $system, scale: $scale) { scheduled { id } shared { id } } }`;
  const sums = { scheduled: 0, shared: 0, failed: 0 };
  const width = Math.max(...systems.map((slug) => slug.length));
  for (const system of systems) {
    try {
      const { scheduled, shared } = (await ask(mutation, { system, scale })).scheduleDeckPreset;
      sums.scheduled += scheduled.length;
      sums.shared += shared.length;
      console.log(`${system.padEnd(width)}  ${scheduled.length} runs scheduled, ${shared.length} shared`);
    } catch (error) {
      sums.failed += 1;
      console.error(`${system.padEnd(width)}  not scheduled: ${error.message}`);
    }
  }
  console.log(`\n${sums.scheduled} runs scheduled, ${sums.shared} times one that exists already is shared.`);
  return sums.failed;
}

/** The pages' address: that of the Studyhall which runs on this home; else the one that was asked. */
async function pageOf(apiUrl) {
  try {
    return JSON.parse(await readFile(path.join(home, 'house.lock'), 'utf8')).link;
  } catch {
    return apiUrl;
  }
}
