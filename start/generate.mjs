import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runQuietly } from './command.mjs';
import { fingerprint, root, sources } from './place.mjs';

/** What is generated, from what, and where it lies. */
const steps = [
  {
    what: 'Generating the database client',
    from: ['prisma/schema.prisma', 'prisma.config.ts'],
    into: 'api/src/generated',
    command: ['prisma', 'generate'],
  },
  {
    what: "Generating the trainer's operations",
    from: ['api/schema.graphql', 'trainer/codegen.ts', 'trainer/src/client/operations'],
    into: 'trainer/src/client/generated',
    also: 'trainer/src/spec/generated/inputs.ts',
    command: ['graphql-codegen', '--config', 'trainer/codegen.ts'],
  },
  {
    what: "Generating the web's operations",
    from: ['api/schema.graphql', 'web/codegen.ts', 'web/src/lib/contract', 'web/src#graphql'],
    into: 'web/src/generated',
    command: ['graphql-codegen', '--config', 'web/codegen.ts'],
  },
];

/** Generates what is missing or older than its sources. Answers whether there was anything. */
export async function ensureGenerated() {
  return (await Promise.all(steps.map(ensureStep))).some(Boolean);
}

async function ensureStep({ what, from, into, also = into, command: [program, ...args] }) {
  const files = (await Promise.all(from.map(filesOf))).flat();
  const print = await fingerprint([...files, 'package-lock.json']);
  const mark = path.join(root, into, '.sources');
  if ((await readFile(mark, 'utf8').catch(() => '')) === print && existsSync(path.join(root, also))) return false;
  await runQuietly(what, program, args, { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' });
  await mkdir(path.dirname(mark), { recursive: true });
  await writeFile(mark, print);
  return true;
}

/** `folder#ending` means the folder's files with that ending. */
async function filesOf(place) {
  const [folder, ending] = place.split('#');
  const files = await sources(folder);
  return ending ? files.filter((file) => file.endsWith(`.${ending}`)) : files;
}
