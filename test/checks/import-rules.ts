import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from 'dependency-cruiser';

const root = path.resolve(import.meta.dirname, '../..');

/** What contract/ may import beside its own: the packages that its package.json names. */
const contractPackages = Object.keys(JSON.parse(readFileSync(path.join(root, 'contract/package.json'), 'utf8')).dependencies);

const tests = '\\.test\\.tsx?$|/testing/|/vitest\\.config\\.ts$';
const house = '^(api|trainer|web|contract|test|start|prisma)/';

type Rule = Omit<IRegularForbiddenRuleType, 'severity'> & { readonly name: string; readonly comment: string };

/**
 * In which directions files may import each other. Rooms know each other only through contract/, and the machine they run on through
 * start/machine/; inside a room: entry -> features -> lib, never back, never sideways, no circles. Imports of types count as well.
 */
export const rules: readonly Rule[] = [
  {
    name: 'every import is found',
    comment: 'an import that leads nowhere is not seen by any other rule',
    from: {},
    to: { couldNotResolve: true, path: '^(\\.|@/|@studyhall/)' },
  },
  {
    name: 'no circles',
    comment: 'files that import each other, be it their types alone, are one file: move what both need to a file of its own',
    from: {},
    to: { circular: true },
  },
  {
    name: 'rooms share contract/',
    comment: 'api, trainer and web import nothing of each other: contract/ is what they share, and start/machine/',
    from: { path: '^(api|trainer|web)/' },
    to: { path: house, pathNot: ['^$1/', '^contract/', '^start/machine/'] },
  },
  {
    name: 'contract/ is alone',
    comment: 'contract/ imports nothing of the house',
    from: { path: '^contract/', pathNot: tests },
    to: { path: house, pathNot: '^contract/' },
  },
  {
    name: 'contract/ is pure',
    comment: 'contract/ runs in a browser, too: no built-ins of Node, and no package but those its package.json names',
    from: { path: '^contract/', pathNot: [tests, '^contract/codegen\\.ts$'] },
    to: { pathNot: [house, `node_modules/(${contractPackages.join('|')})/`] },
  },
  {
    name: 'start/machine/ is alone',
    comment: 'start/machine/ imports nothing of the house: it runs before anything is installed',
    from: { path: '^start/machine/' },
    to: { path: house, pathNot: '^start/machine/' },
  },
  {
    name: 'features of the web are apart',
    comment: 'a feature of the web does not import another feature: compose them in app/, or move what they share to ui/ or lib/',
    from: { path: '^web/src/features/([^/]+)/' },
    to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
  },
  {
    name: 'the web: lib is below features',
    comment: 'ui/ and lib/ of the web import neither features nor app',
    from: { path: '^web/src/(ui|lib|server)/' },
    to: { path: '^web/src/(features|app)/' },
  },
  {
    name: 'the web: features are below app',
    comment: 'features of the web do not import app/',
    from: { path: '^web/src/features/' },
    to: { path: '^web/src/app/' },
  },
  {
    name: 'the api: rules are below the schema',
    comment: "the api's rules, limits and statements do not import its schema or entry: resolvers translate, rules know no GraphQL",
    from: {
      path: '^api/src/(runs|jobs|analyses|logits|metrics|leaderboard|trainers|datasets|experiments|artifacts|access|events|deck|people|limits|sql|postgres)/',
      pathNot: tests,
    },
    to: { path: '^api/src/(schema/|http/|(main|server|builder|context)\\.ts$)' },
  },
  {
    name: 'the api: statements are below rules',
    comment: "the api's sql/ imports no rule",
    from: { path: '^api/src/sql/', pathNot: tests },
    to: { path: '^api/src/(?!sql/|generated/)[^/]+/' },
  },
  {
    name: 'the api: builder and context are below what they serve',
    comment: "the api's builder and context import neither schema nor http",
    from: { path: '^api/src/(builder|context)\\.ts$' },
    to: { path: '^api/src/(schema|http)/' },
  },
  {
    name: 'the api: limits are below rules',
    comment: "the api's limits know no rule",
    from: { path: '^api/src/limits/', pathNot: tests },
    to: { path: '^api/src/(runs|jobs|analyses|logits|metrics|leaderboard|trainers|datasets|experiments|artifacts|deck|people)/' },
  },
  {
    name: 'the api: metrics are below jobs',
    comment: "the api's rules import those before them alone: artifacts and metrics, then jobs, then runs, then deck",
    from: { path: '^api/src/(artifacts|logits|metrics)/', pathNot: tests },
    to: { path: '^api/src/(jobs|runs|deck)/' },
  },
  {
    name: 'the api: jobs are below runs',
    comment: "the api's rules import those before them alone: artifacts and metrics, then jobs, then runs, then deck",
    from: { path: '^api/src/jobs/', pathNot: tests },
    to: { path: '^api/src/(runs|deck)/' },
  },
  {
    name: 'the api: runs are below the deck',
    comment: "the api's rules import those before them alone: artifacts and metrics, then jobs, then runs, then deck",
    from: { path: '^api/src/runs/', pathNot: tests },
    to: { path: '^api/src/deck/' },
  },
  {
    name: 'the trainer: networks are below training',
    comment: "the trainer's networks, objectives, engines and data do not import training, methods or the daemon",
    from: { path: '^trainer/src/(nn|objectives|engine|data|random)/', pathNot: tests },
    to: { path: '^trainer/src/(training|methods|work|daemon|commands|main\\.ts)' },
  },
  {
    name: 'the trainer: training is below the daemon',
    comment: "the trainer's training and methods do not import the kinds of work, the daemon or its client",
    from: { path: '^trainer/src/(training|methods)/' },
    to: { path: '^trainer/src/(work|daemon|client)/' },
  },
  {
    name: 'the trainer: kinds of work are below the daemon',
    comment: 'work/ does not import the daemon that has it done',
    from: { path: '^trainer/src/work/', pathNot: tests },
    to: { path: '^trainer/src/daemon/' },
  },
  {
    name: 'the trainer: the daemon knows kinds of work alone',
    comment: 'the daemon imports work/, not what a kind of it does',
    from: { path: '^trainer/src/daemon/', pathNot: tests },
    to: { path: '^trainer/src/(training|methods|objectives|nn)/' },
  },
  {
    name: 'testing/ is for tests',
    comment: 'nothing but tests imports testing/',
    from: { path: '^(api|trainer|web|contract)/', pathNot: tests },
    to: { path: '/testing/' },
  },
];

export type Violation = { readonly from: string; readonly to: string; readonly rule: string };

/**
 * The imports of files below a folder that break a rule. Paths are from that folder, with `/`.
 *
 * @param folder that holds the rooms
 * @throws when hardly any import was found: then the reader is broken.
 */
export async function findViolations(folder: string, rooms: readonly string[]): Promise<{ violations: Violation[]; imports: number }> {
  const { output } = await cruise(
    [...rooms],
    {
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: rules.map((rule) => ({ ...rule, severity: 'error' })) },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules|/generated/' },
      exclude: { path: '(^|/)(\\.next|dist)/' },
    },
    {
      alias: { '@': path.join(folder, 'web/src') },
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  );
  const { summary } = output as ICruiseResult;
  const violations = summary.violations.map(({ from, to, rule, cycle }) => ({
    from,
    to: cycle ? cycle.map(({ name }) => name).join(' → ') : to,
    rule: rules.find(({ name }) => name === rule.name)?.comment ?? rule.name,
  }));
  return { violations, imports: summary.totalDependenciesCruised ?? 0 };
}
