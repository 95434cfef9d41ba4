import type { GraphQLInputType } from 'graphql';
import type { Tx } from '../db.ts';
import type { Problem } from '../errors.ts';
import type { Dataset } from '../generated/prisma/client.ts';
import { checkSeeds, checkSpec, type DatasetFacts } from './check-spec.ts';
import { coerce } from './coerce.ts';
import { findTeachers, type Teacher } from './find-teachers.ts';
import type { NetworkSpec, RunSpec, TeachingSpec } from './spec.ts';

/** A spec that may be scheduled, and what it refers to. */
export type Prepared = { spec: RunSpec; dataset: Dataset; facts: DatasetFacts; firstView: string; teachers: Map<number, Teacher[]> };

/**
 * Normalises a spec and checks it with its seeds, against the datasets and runs there are. Writes nothing.
 *
 * @param type RunSpecInput
 * @returns all problems found; `prepared` is there exactly if there are none.
 */
export async function prepareSpec(
  tx: Tx,
  type: GraphQLInputType,
  value: unknown,
  seeds: readonly number[],
): Promise<{ problems: Problem[]; prepared?: Prepared }> {
  const { problems, prepared } = await prepare(tx, type, value, seeds);
  return { problems: cut(problems), ...(prepared ? { prepared } : {}) };
}

/** What a spec says is quoted in its problems: it may be long, and much of it wrong. */
const cut = (problems: readonly Problem[]): Problem[] =>
  problems
    .slice(0, 100)
    .map(({ path, message }) => ({ path: path.slice(0, 200), message: message.length > 1000 ? `${message.slice(0, 1000)} …` : message }));

async function prepare(
  tx: Tx,
  type: GraphQLInputType,
  value: unknown,
  seeds: readonly number[],
): Promise<{ problems: Problem[]; prepared?: Prepared }> {
  const problems: Problem[] = checkSeeds(seeds);
  const spec = coerce(type, value, [], problems) as RunSpec | undefined;
  const dataset = typeof spec?.dataset === 'string' ? await findDataset(tx, spec.dataset) : undefined;
  if (typeof spec?.dataset === 'string' && !dataset) problems.push(await unknownDataset(tx, spec.dataset));
  if (problems.length > 0 || !spec || !dataset) return { problems };

  const facts = factsOf(dataset);
  const { teachers, problems: teacherProblems } = await findTeachers(tx, spec, dataset.id, seeds);
  const theirViews = [...teachers.values()].flat().map(({ view }) => view);
  problems.push(...checkSpec(spec, facts, theirViews), ...teacherProblems);
  if (problems.length > 0) return { problems };
  const firstView = facts.views[0]?.name ?? '';
  return { problems, prepared: { spec: withViews(inOrder(spec), firstView), dataset, facts, firstView, teachers } };
}

/** Names may come to mean other bytes: the ones announced last are meant. */
async function findDataset(tx: Tx, name: string): Promise<Dataset | undefined> {
  return (await tx.dataset.findFirst({ where: { name }, orderBy: { announcedAt: 'desc' } })) ?? undefined;
}

async function unknownDataset(tx: Tx, name: string): Promise<Problem> {
  const known = await tx.dataset.findMany({ select: { name: true }, distinct: ['name'], orderBy: { name: 'asc' }, take: 30 });
  const allowed = known.length > 0 ? `known: ${known.map((dataset) => dataset.name).join(', ')}` : 'no trainer has announced any yet';
  return { path: 'dataset', message: `"${name.slice(0, 80)}" has not been announced by a trainer; ${allowed}.` };
}

/** What an announcement says of the data. */
export function factsOf(dataset: Dataset): DatasetFacts {
  return {
    name: dataset.name,
    views: dataset.views as DatasetFacts['views'],
    classCount: (dataset.classes as unknown[]).length,
    trainSize: dataset.trainSize,
  };
}

/** The order in which classes are withheld means nothing: runs that differ by it alone are of one group. */
function inOrder(spec: RunSpec): RunSpec {
  return { ...spec, data: { ...spec.data, withheldClasses: spec.data.withheldClasses.toSorted((a, b) => a - b) } };
}

/** Fills in the view of networks that name none. */
function withViews(spec: RunSpec, firstView: string): RunSpec {
  const fill = (network: NetworkSpec): NetworkSpec => ({ ...network, view: network.view ?? firstView });
  const fillTeachers = (teaching: TeachingSpec): TeachingSpec => ({
    ...teaching,
    teachers: teaching.teachers.map((teacher) =>
      teacher.trained ? { trained: { ...teacher.trained, network: fill(teacher.trained.network) } } : teacher,
    ),
  });
  const { distillation, mutual } = spec.method;
  let { method } = spec;
  if (distillation) method = { distillation: fillTeachers(distillation) };
  if (mutual?.teaching) method = { mutual: { ...mutual, teaching: fillTeachers(mutual.teaching) } };
  return { ...spec, networks: spec.networks.map(fill), method };
}
