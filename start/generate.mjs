import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { flush, makeAlone } from './alone.mjs';
import { runQuietly } from './command.mjs';
import { writeDurably } from './machine/durable.mjs';
import { fingerprint, root, sources } from './place.mjs';

/** What is generated, from what, and where it lies. */
const allSteps = [
  {
    what: 'Generating the database client',
    from: ['prisma/schema.prisma', 'prisma.config.ts'],
    into: 'api/src/generated',
    command: ['prisma', 'generate'],
  },
  {
    what: "Generating the contract's settings",
    from: ['contract/schema.graphql', 'contract/codegen.ts', 'contract/settings'],
    into: 'contract/generated',
    command: ['graphql-codegen', '--config', 'contract/codegen.ts'],
  },
  {
    what: "Generating the trainer's operations",
    from: ['contract/schema.graphql', 'trainer/codegen.ts', 'trainer/src/client/operations'],
    into: 'trainer/src/client/generated',
    command: ['graphql-codegen', '--config', 'trainer/codegen.ts'],
  },
  {
    what: "Generating the web's operations",
    from: ['contract/schema.graphql', 'web/codegen.ts', 'web/src#graphql'],
    into: 'web/src/generated',
    command: ['graphql-codegen', '--config', 'web/codegen.ts'],
  },
];

/** Generates what is missing or older than its sources. Answers whether there was anything. */
export async function ensureGenerated() {
  const isFresh = async () => (await stale()).length === 0;
  return makeAlone(isFresh, async () => {
    const steps = await stale();
    await Promise.all(steps.map(generate));
    await flush();
    for (const { into, print } of steps) await writeDurably(markOf(into), print);
  });
}

/** The steps whose output is missing or older than its sources, with their sources' fingerprint. */
async function stale() {
  const looked = await Promise.all(
    allSteps.map(async (step) => {
      const files = (await Promise.all(step.from.map(filesOf))).flat();
      const print = await fingerprint([...files, 'package-lock.json']);
      const fresh = (await readFile(markOf(step.into), 'utf8').catch(() => '')) === print;
      return { ...step, print, fresh: fresh && existsSync(path.join(root, step.into)) };
    }),
  );
  return looked.filter(({ fresh }) => !fresh);
}

async function generate({ what, into, command: [program, ...args] }) {
  await runQuietly(what, program, args, { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' });
  await mkdir(path.join(root, into), { recursive: true });
}

const markOf = (into) => path.join(root, into, '.sources');

/** `folder#ending` means the folder's files with that ending. */
async function filesOf(place) {
  const [folder, ending] = place.split('#');
  const files = await sources(folder);
  return ending ? files.filter((file) => file.endsWith(`.${ending}`)) : files;
}
