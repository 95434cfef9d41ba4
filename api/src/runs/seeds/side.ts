import { labelOf } from '@studyhall/contract/spec/label/label.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { questionsOfRun, type Reference, referenceOfRun } from '../../analyses/kept-questions.ts';
import type { Tx } from '../../db.ts';
import { type ApiError, badInput, notFound } from '../../errors.ts';
import type { Dataset, Run } from '../../generated/prisma/client.ts';
import { findLatestRuns, findTwinGroups, findTwinSeeds } from '../../sql/seeds.ts';
import { groupKey, markOf } from '../group-key.ts';
import { factsOf } from '../prepare.ts';
import type { Schedule } from '../schedule.ts';

/** A group that is to have seeds, as its next run is to be scheduled. */
export type Side = {
  groupKey: string;
  label: string;
  role: 'GROUP' | 'TWIN' | 'TEACHER';
  /** The normalised spec, or of a group without runs what is to be one. */
  spec: unknown;
  datasetId: string;
  execution: Schedule['execution'];
  experimentId: string | null;
  /** What is asked of its runs, as it was of the latest. */
  questions: readonly unknown[];
  /** What they hold its networks against, where they do. */
  reference: Reference;
  /** Of the group that its gain is held against; null where there is none, or it was not asked for. */
  twinKey: string | null;
  /** Seeds that others have for it: of a twin, wherever the networks are that pair up. */
  elsewhere: ReadonlySet<number>;
};

/**
 * Groups by their keys, in that order, each followed by its independent twin: what its gain is held against, which is a group of its own
 * whether it has runs yet or not.
 *
 * @throws NOT_FOUND for a group without runs; BAD_INPUT if all of them are archived.
 */
export async function findSides(tx: Tx, groupKeys: readonly string[], withTwins: boolean): Promise<Side[]> {
  const groups = await findTemplates(tx, groupKeys);
  const sides = new Map<string, Side>();
  for (const key of groupKeys) {
    const template = groups.get(key);
    if (!template) throw await missing(tx, key);
    sides.set(key, asSide(template, 'GROUP'));
  }
  if (withTwins)
    for (const key of groupKeys) {
      const template = groups.get(key);
      if (!template || template.method === 'INDEPENDENT') continue;
      const twin = await twinOf(tx, template);
      const known = sides.get(twin.groupKey);
      sides.set(key, { ...asSide(template, 'GROUP'), twinKey: twin.groupKey });
      sides.set(twin.groupKey, known ? sharedTwin(known, twin) : twin);
    }
  return [...sides.values()];
}

/** A group that was asked for itself needs its own runs; the twin of several needs one at each seed at which any of them finds none elsewhere. */
function sharedTwin(known: Side, twin: Side): Side {
  if (known.role === 'GROUP') return known;
  return { ...known, elsewhere: new Set([...known.elsewhere].filter((seed) => twin.elsewhere.has(seed))) };
}

/** A group that teaches, by its key; nothing if it has no runs but archived ones. */
export async function findTeacherSide(tx: Tx, key: string): Promise<Side | undefined> {
  const template = (await findTemplates(tx, [key])).get(key);
  return template && asSide(template, 'TEACHER');
}

type Template = Awaited<ReturnType<typeof readTemplates>>[number];

async function findTemplates(tx: Tx, groupKeys: readonly string[]): Promise<Map<string, Template>> {
  const runs = await readTemplates(tx, await findLatestRuns(tx, groupKeys));
  return new Map(runs.map((run) => [run.groupKey, run]));
}

const readTemplates = (tx: Tx, ids: readonly string[]) =>
  tx.run.findMany({
    where: { id: { in: [...ids] } },
    include: { dataset: true, experiment: true, networks: { select: { twinKey: true } } },
  });

function asSide(run: Template, role: Side['role']): Side {
  return {
    groupKey: run.groupKey,
    label: run.label,
    role,
    spec: run.spec,
    datasetId: run.datasetId,
    execution: run.execution as Schedule['execution'],
    experimentId: run.experiment?.archivedAt ? null : run.experimentId,
    questions: questionsOfRun(run.questions),
    reference: referenceOfRun(run.questions),
    twinKey: null,
    elsewhere: new Set(),
  };
}

const firstViewOf = (dataset: Dataset): string => factsOf(dataset).views[0]?.name ?? '';

/** The group of the same networks, data and training in which each learns alone. */
function aloneLike(run: Pick<Run, 'spec'> & { dataset: Dataset }): { spec: RunSpec; key: string } {
  const spec = { ...(run.spec as object), method: { independent: {} } } as RunSpec;
  const firstView = firstViewOf(run.dataset);
  return { spec, key: groupKey(spec, { hash: run.dataset.hash, firstView }) };
}

async function twinOf(tx: Tx, run: Template): Promise<Side> {
  const { spec, key } = aloneLike(run);
  const twinKeys = run.networks.flatMap(({ twinKey }) => twinKey ?? []);
  const serving = await findServingTwin(tx, key, twinKeys);
  const own = (await findTemplates(tx, [serving])).get(serving);
  const label = labelOf(spec, { firstView: firstViewOf(run.dataset), mark: markOf(key) });
  const side: Side = own ? asSide(own, 'TWIN') : { ...asSide(run, 'TWIN'), groupKey: key, label, spec };
  return { ...side, elsewhere: new Set(await findTwinSeeds(tx, twinKeys)) };
}

/** Where the twin's own group has no runs, another group that holds the same networks goes on as the twin: the one with the most seeds. */
async function findServingTwin(tx: Tx, key: string, twinKeys: readonly string[]): Promise<string> {
  const groups = await findTwinGroups(tx, twinKeys);
  return groups.includes(key) ? key : (groups[0] ?? key);
}

/** The key of the group that a run's gain is held against; null where its networks learn alone themselves. */
export async function findTwinKey(tx: Tx, runId: string): Promise<string | null> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, include: { dataset: true, networks: { select: { twinKey: true } } } });
  if (run.method === 'INDEPENDENT') return null;
  return findServingTwin(
    tx,
    aloneLike(run).key,
    run.networks.flatMap(({ twinKey }) => twinKey ?? []),
  );
}

async function missing(tx: Tx, key: string): Promise<ApiError> {
  const archived = await tx.run.findFirst({ where: { groupKey: key }, select: { label: true } });
  return archived
    ? badInput(`All runs of "${archived.label}" are archived: take one out of the archive before adding seeds.`)
    : notFound('group', key.slice(0, 80));
}
