import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, rules } from './import-rules.ts';

/** Edges that break a rule, by the rule's name. */
const refused: Record<string, [from: string, to: string][]> = {
  'no circles': [],
  'every import is found': [['api/src/lost.ts', 'api/src/nowhere.ts']],
  'rooms share contract/': [
    ['web/src/lib/a.ts', 'api/src/runs/spec.ts'],
    ['trainer/src/main.ts', 'api/src/db.ts'],
    ['trainer/src/reads.ts', 'test/bench/figures.ts'],
  ],
  'contract/ is alone': [['contract/spec/a.ts', 'start/machine/lock.mjs']],
  'contract/ is pure': [['contract/spec/b.ts', 'node:fs']],
  'start/machine/ is alone': [['start/machine/lock.mjs', 'start/place.mjs']],
  'features of the web are apart': [['web/src/features/run/a.tsx', 'web/src/features/leaderboard/b.tsx']],
  'the web: lib is below features': [['web/src/ui/b.ts', 'web/src/features/run/c.ts']],
  'the web: features are below app': [['web/src/features/run/d.tsx', 'web/src/app/page.tsx']],
  'the api: rules are below the schema': [
    ['api/src/jobs/claim.ts', 'api/src/schema/run.ts'],
    ['api/src/limits/cost.ts', 'api/src/schema/paging.ts'],
  ],
  'the api: statements are below rules': [['api/src/sql/claim.ts', 'api/src/jobs/lease.ts']],
  'the api: builder and context are below what they serve': [['api/src/context.ts', 'api/src/schema/fresh.ts']],
  'the api: limits are below rules': [['api/src/limits/range.ts', 'api/src/runs/coerce.ts']],
  'the api: metrics are below jobs': [['api/src/metrics/log.ts', 'api/src/jobs/renew.ts']],
  'the api: jobs are below runs': [['api/src/jobs/ended.ts', 'api/src/runs/control.ts']],
  'the api: runs are below the deck': [['api/src/runs/prepare.ts', 'api/src/deck/resolve.ts']],
  'the trainer: networks are below training': [['trainer/src/objectives/kl.ts', 'trainer/src/training/train.ts']],
  'the trainer: training is below the daemon': [['trainer/src/methods/mutual.ts', 'trainer/src/daemon/daemon.ts']],
  'the trainer: kinds of work are below the daemon': [['trainer/src/work/kinds.ts', 'trainer/src/daemon/reports.ts']],
  'the trainer: the daemon knows kinds of work alone': [['trainer/src/daemon/child.ts', 'trainer/src/training/train.ts']],
  'testing/ is for tests': [['api/src/server.ts', 'api/src/testing/database.ts']],
};

const allowed: [from: string, to: string][] = [
  ['api/src/schema/deck.ts', 'api/src/deck/schedule.ts'],
  ['api/src/deck/schedule.ts', 'api/src/runs/schedule.ts'],
  ['api/src/runs/schedule.ts', 'contract/spec/identity.ts'],
  ['api/src/jobs/claim.test.ts', 'api/src/schema/run.ts'],
  ['api/src/jobs/claim.test.ts', 'api/src/testing/database.ts'],
  ['contract/spec/a.test.ts', 'node:fs'],
  ['trainer/src/daemon/home.ts', 'start/machine/durable.mjs'],
  ['start/machine/named.mjs', 'start/machine/durable.mjs'],
  ['web/src/app/page.tsx', 'web/src/features/run/a.tsx'],
  ['web/src/features/run/a.tsx', 'web/src/features/run/e.tsx'],
  ['test/e2e/outages.spec.ts', 'api/src/testing/database.ts'],
];

const wrong = Object.entries(refused).flatMap(([rule, edges]) => edges.map((edge) => ({ rule, edge })));

let folder: string;
let found: Awaited<ReturnType<typeof findViolations>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-imports-'));
  const edges = [...wrong.map(({ edge }) => edge), ...allowed];
  const there = edges.flatMap(([from, to]) => (/:|nowhere/.test(to) ? [from] : [from, to]));
  const files = new Map(there.map((file) => [file, '']));
  for (const [from, to] of edges) {
    const target = to.includes(':') ? to : `./${path.posix.relative(path.posix.dirname(from), to)}`;
    files.set(from, `${files.get(from)}import type {} from '${target}';\n`);
  }
  // A circle of types alone, through the web's own name for its folder, and every way to write an import.
  files.set('web/src/lib/one.ts', "import type { Two } from '@/lib/two.ts';\nexport type One = Two;\n");
  files.set('web/src/lib/two.ts', "export type { Three as Two } from './three.tsx';\n");
  files.set('web/src/lib/three.tsx', "export const three = async () => <b>{String(await import('./one.ts'))}</b>;\n");
  for (const [file, text] of files) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  found = await findViolations(folder, ['contract', 'api', 'trainer', 'web', 'test', 'start']);
});
afterAll(() => rm(folder, { recursive: true }));

const commentOf = (name: string) => rules.find((rule) => rule.name === name)?.comment;

describe('the import rules', () => {
  it('are all tried here', () => {
    expect(Object.keys(refused).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(wrong)('$rule: $edge', ({ rule, edge: [from, to] }) => {
    const broken = found.violations.filter((violation) => violation.from === from);
    expect(broken).toEqual([{ from, to: expect.stringContaining(path.posix.basename(to).replace(/^node:/, '')), rule: commentOf(rule) }]);
  });

  it('find a circle of three files, whichever way they are imported', () => {
    const circles = found.violations.filter(({ rule }) => rule === commentOf('no circles'));
    expect(circles.length).toBeGreaterThan(0);
    for (const name of ['one.ts', 'two.ts', 'three.tsx']) expect(circles[0]?.to).toContain(`web/src/lib/${name}`);
  });

  it('let the arrows pass that point the right way', () => {
    const starts = new Set([...wrong.map(({ edge: [from] }) => from), 'web/src/lib/one.ts', 'web/src/lib/two.ts', 'web/src/lib/three.tsx']);
    expect(found.violations.filter(({ from }) => !starts.has(from))).toEqual([]);
  });
});
