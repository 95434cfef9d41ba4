import { cutProblems, type Problem } from '@studyhall/contract/settings/problem.ts';
import { checkSeeds } from '@studyhall/contract/spec/checks/check-seeds.ts';
import { checkSpecOn } from '@studyhall/contract/spec/checks/check-spec.ts';
import type { DatasetFacts } from '@studyhall/contract/spec/dataset-facts.ts';
import { howToGet } from '@studyhall/contract/spec/published-datasets.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import type { NetworkSettings, RunSpec, TeachingSettings } from '@studyhall/contract/spec/run-spec.ts';
import type { Tx } from '../db.ts';
import type { Dataset } from '../generated/prisma/client.ts';
import { findTeachers, type Teacher, type TeacherSearch } from './find-teachers.ts';
import { groupKey } from './group-key.ts';

/** A spec that may be scheduled, and what it refers to. */
export type Prepared = { spec: RunSpec; dataset: Dataset; facts: DatasetFacts; firstView: string; teachers: Map<number, Teacher[]> };

/**
 * Normalises a spec and checks it with its seeds, against the datasets and runs there are. Writes nothing.
 *
 * @returns all problems found; `prepared` is there exactly if there are none.
 */
export async function prepareSpec(tx: Tx, value: unknown, seeds: readonly number[]): Promise<{ problems: Problem[]; prepared?: Prepared }> {
  const { problems, prepared } = await prepare(tx, value, seeds);
  return { problems: cutProblems(problems), ...(prepared ? { prepared } : {}) };
}

async function prepare(tx: Tx, value: unknown, seeds: readonly number[]): Promise<{ problems: Problem[]; prepared?: Prepared }> {
  const { spec, problems: contradictions } = readSpec(value);
  const seedProblems = checkSeeds(seeds);
  const problems = [...seedProblems, ...contradictions];
  const name = spec?.dataset ?? datasetOf(value);
  const dataset = name === undefined ? undefined : await findDataset(tx, name);
  if (name !== undefined && !dataset) problems.push(await unknownDataset(tx, name));
  if (seedProblems.length > 0 || !spec || !dataset) return { problems };

  const facts = factsOf(dataset);
  // A spec that contradicts itself may name ten thousand teachers.
  const { teachers, problems: teacherProblems } = contradictions.length > 0 ? nobody : await findTeachers(tx, spec, dataset.id, seeds);
  const theirViews = [...teachers.values()].flat().map(({ view }) => view);
  problems.push(...checkSpecOn(spec, facts, theirViews), ...teacherProblems);
  if (problems.length > 0) return { problems };
  const firstView = facts.views[0]?.name ?? '';
  return { problems, prepared: { spec: withViews(inOrder(spec), firstView), dataset, facts, firstView, teachers } };
}

/** The key of the group that a spec makes, or null where it makes none: it contradicts itself, or nobody has its dataset. */
export async function findGroupKey(tx: Tx, value: unknown): Promise<string | null> {
  const { spec, problems } = readSpec(value);
  const dataset = spec && problems.length === 0 ? await findDataset(tx, spec.dataset) : undefined;
  if (!spec || !dataset) return null;
  return groupKey(inOrder(spec), { hash: dataset.hash, firstView: factsOf(dataset).views[0]?.name ?? '' });
}

const nobody: TeacherSearch = { teachers: new Map(), problems: [] };

/** The dataset that a spec names which cannot be read as a whole. */
function datasetOf(value: unknown): string | undefined {
  const named = typeof value === 'object' && value !== null && 'dataset' in value ? value.dataset : undefined;
  return typeof named === 'string' ? named : undefined;
}

/** Names may come to mean other bytes: the ones announced last are meant. */
async function findDataset(tx: Tx, name: string): Promise<Dataset | undefined> {
  return (await tx.dataset.findFirst({ where: { name }, orderBy: { announcedAt: 'desc' } })) ?? undefined;
}

async function unknownDataset(tx: Tx, name: string): Promise<Problem> {
  const known = await tx.dataset.findMany({ select: { name: true }, distinct: ['name'], orderBy: { name: 'asc' }, take: 30 });
  const allowed = known.length > 0 ? `known: ${known.map((dataset) => dataset.name).join(', ')}` : 'no trainer has announced any yet';
  const how = howToGet(name);
  return { path: 'dataset', message: `"${name.slice(0, 80)}" has not been announced by a trainer; ${allowed}.${how ? ` ${how}` : ''}` };
}

/** What an announcement says of the data. */
export function factsOf(dataset: Dataset): DatasetFacts {
  return {
    name: dataset.name,
    views: dataset.views as unknown as DatasetFacts['views'],
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
  const fill = (network: NetworkSettings): NetworkSettings => ({ ...network, view: network.view ?? firstView });
  const fillTeachers = (teaching: TeachingSettings): TeachingSettings => ({
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
