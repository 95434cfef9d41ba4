import type { Tx } from '../db.ts';
import type { Method, NetworkRole } from '../generated/prisma/client.ts';
import { groupBy } from '../group-by.ts';

type Figures = { validation: number | null; test: number | null };
type Point = { seed: number; runId: string; twin: Figures | null } & Figures;

/** What the leaderboard says of a network or an ensemble (`index` null). */
export type ComputedRow = {
  key: string;
  index: number | null;
  role: NetworkRole | null;
  method: Method;
  label: string;
  models: string[];
  parameters: number | null;
  n: number;
  repeats: number;
  total: number;
  experiment: string | null;
  points: Point[];
  /** Means over seeds. */
  validation: number | null;
  gain: number | null;
  entropy: number | null;
};

/** All rows of the leaderboard from runs as they stand, by its definition, one by one: what those that are kept are held against. */
export async function computeBoard(tx: Tx): Promise<ComputedRow[]> {
  const include = { job: true, networks: { include: { model: true }, orderBy: { index: 'asc' as const } }, measurements: true };
  const all = await tx.run.findMany({ where: { archivedAt: null }, include });
  type Run = (typeof all)[number];
  const ended = ({ job }: Run) => job?.finishedAt?.getTime() ?? 0;
  const latest = (runs: readonly Run[]) => runs.toSorted((a, b) => ended(b) - ended(a) || (a.id < b.id ? 1 : -1))[0];
  const groups = groupBy(all, (run) => run.groupKey);
  /** Of each seed of a group the run that counts. */
  const counting = [...groups.values()].flatMap((runs) => {
    const seeds = groupBy(
      runs.filter(({ job }) => job?.state === 'SUCCEEDED'),
      ({ seed }) => seed,
    );
    return [...seeds.values()].flatMap((same) => latest(same) ?? []);
  });
  const figuresOf = (run: Run, index: number): Figures => {
    const network = run.networks.find((one) => one.index === index);
    return network
      ? { validation: network.validationAccuracy, test: network.testAccuracy }
      : { validation: run.ensembleValidationAccuracy, test: run.ensembleTestAccuracy };
  };
  const twinKeyOf = (run: Run, index: number) =>
    index < 0 ? run.cohortTwinKey : (run.networks.find((one) => one.index === index)?.twinKey ?? null);
  const twinOf = (run: Run, index: number): Figures | null => {
    const key = twinKeyOf(run, index);
    if (key === null || run.method === 'INDEPENDENT') return null;
    const places = [-1, ...run.networks.map((one) => one.index)];
    const twins = counting.filter(
      (other) => other.method === 'INDEPENDENT' && other.seed === run.seed && places.some((place) => twinKeyOf(other, place) === key),
    );
    const twin = latest(twins);
    return twin ? figuresOf(twin, places.find((place) => twinKeyOf(twin, place) === key) ?? -1) : null;
  };
  return [...groups].flatMap(([key, runs]) => {
    const newest = runs.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
    const [first] = newest;
    if (!first) return [];
    const ours = counting.filter(({ groupKey }) => groupKey === key).toSorted((a, b) => a.seed - b.seed);
    const cohort = first.networks.filter(({ role }) => role !== 'TEACHER');
    const members = [...first.networks.map(({ index }) => index), ...(cohort.length > 1 ? [-1] : [])];
    return members.map((index): ComputedRow => {
      const networks = index < 0 ? cohort : first.networks.filter((one) => one.index === index);
      const points = ours.map((run) => ({ seed: run.seed, runId: run.id, ...figuresOf(run, index), twin: twinOf(run, index) }));
      const sizes = networks.map((one) =>
        known(runs.flatMap((run) => run.networks.filter((n) => n.index === one.index)).map((n) => n.parameters)),
      );
      return {
        key,
        index: index < 0 ? null : index,
        role: index < 0 ? null : (networks[0]?.role ?? null),
        method: first.method,
        label: first.label,
        models: networks.map(({ model }) => model.name),
        parameters: sizes.flat().length > 0 ? sizes.reduce((sum, some) => sum + (some.length > 0 ? Math.max(...some) : 0), 0) : null,
        n: ours.length,
        repeats: runs.filter(({ job }) => job?.state === 'SUCCEEDED').length - ours.length,
        total: runs.length,
        experiment: newest.find(({ experimentId }) => experimentId !== null)?.experimentId ?? null,
        points,
        validation: mean(points.map(({ validation }) => validation)),
        gain: mean(
          points.map(({ validation, twin }) => (validation === null || twin?.validation == null ? null : validation - twin.validation)),
        ),
        entropy: mean(ours.map((run) => run.measurements.find(({ epoch, network }) => epoch === 0 && network === index)?.value ?? null)),
      };
    });
  });
}

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

function mean(values: readonly (number | null)[]): number | null {
  const all = known(values);
  return all.length > 0 ? all.reduce((sum, value) => sum + value, 0) / all.length : null;
}
