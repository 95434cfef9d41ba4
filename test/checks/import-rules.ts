import path from 'node:path';

/** Paths are from the repository's root, with `/`. */
export type Import = { from: string; to: string };
export type Violation = Import & { rule: string };

type Rule = { rule: string; forbids(edge: Import): boolean };

const room = (file: string) => file.split('/')[0] ?? '';
const rooms = new Set(['api', 'trainer', 'web']);
const within = (folder: string) => (file: string) => file.startsWith(`${folder}/`);
const feature = (file: string, folder: string) => (within(folder)(file) ? file.slice(folder.length + 1).split('/')[0] : undefined);
const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file);

/** Rooms know each other only through contract/, and the machine they run on through start/machine/; inside a room: entry -> features -> lib, never back, never sideways. */
export const rules: Rule[] = [
  {
    rule: 'api, trainer and web import nothing of each other: contract/ is what they share, and start/machine/',
    forbids: ({ from, to }) =>
      rooms.has(room(from)) &&
      to.includes('/') &&
      room(from) !== room(to) &&
      !to.startsWith('node_modules/') &&
      !within('contract')(to) &&
      !within('start/machine')(to),
  },
  {
    rule: 'contract/ imports nothing of the house',
    forbids: ({ from, to }) => within('contract')(from) && !isTest(from) && !from.endsWith('vitest.config.ts') && !within('contract')(to),
  },
  {
    rule: 'start/machine/ imports nothing of the house: it runs before anything is installed',
    forbids: ({ from, to }) => within('start/machine')(from) && !within('start/machine')(to),
  },
  {
    rule: 'a feature of the web does not import another feature: compose them in app/, or move what they share to ui/ or lib/',
    forbids: ({ from, to }) => {
      const [mine, other] = [feature(from, 'web/src/features'), feature(to, 'web/src/features')];
      return mine !== undefined && other !== undefined && mine !== other;
    },
  },
  {
    rule: 'ui/ and lib/ of the web import neither features nor app',
    forbids: ({ from, to }) => /^web\/src\/(ui|lib|server)\//.test(from) && /^web\/src\/(features|app)\//.test(to),
  },
  {
    rule: 'features of the web do not import app/',
    forbids: ({ from, to }) => within('web/src/features')(from) && within('web/src/app')(to),
  },
  {
    rule: "the api's rules and statements do not import its schema or entry: resolvers translate, rules know no GraphQL",
    forbids: ({ from, to }) =>
      !isTest(from) &&
      /^api\/src\/(runs|jobs|metrics|leaderboard|trainers|datasets|experiments|artifacts|access|events|deck)\//.test(from) &&
      /^api\/src\/(schema\/|http\/|(main|server|builder|context)\.ts$)/.test(to),
  },
  {
    rule: "the api's sql/ imports no rule",
    forbids: ({ from, to }) => !isTest(from) && within('api/src/sql')(from) && /^api\/src\/(?!sql\/|generated\/)[^/]+\//.test(to),
  },
  {
    rule: "the trainer's networks, objectives, engines and data do not import training, methods or the daemon",
    forbids: ({ from, to }) =>
      !isTest(from) &&
      /^trainer\/src\/(nn|objectives|engine|data|random)\//.test(from) &&
      /^trainer\/src\/(training|methods|daemon|commands|main\.ts)/.test(to),
  },
  {
    rule: "the trainer's training and methods do not import the daemon or its client",
    forbids: ({ from, to }) => /^trainer\/src\/(training|methods)\//.test(from) && /^trainer\/src\/(daemon|client)\//.test(to),
  },
  {
    rule: 'nothing but tests imports testing/',
    forbids: ({ from, to }) => rooms.has(room(from)) && to.includes('/testing/') && !isTest(from) && !from.endsWith('vitest.config.ts'),
  },
];

/** The edges that break a rule, with the rule's text. */
export function violations(edges: readonly Import[]): Violation[] {
  return edges.flatMap((edge) => rules.filter(({ forbids }) => forbids(edge)).map(({ rule }) => ({ ...edge, rule })));
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a file's text imports of this repository; packages are left out. `@/` is the web's own source folder. */
export function readImports(file: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].flatMap((match) => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    if (target.startsWith('@/')) return [{ from: file, to: `web/src/${target.slice(2)}` }];
    if (!target.startsWith('.')) return target.startsWith('@studyhall/') ? [{ from: file, to: target.slice('@studyhall/'.length) }] : [];
    return [{ from: file, to: path.posix.join(path.posix.dirname(file), target) }];
  });
}
