import type { ReferenceNetworksQuery } from '@/generated/graphql.ts';
import type { FoundRun } from '@/ui/other-run/other-run.tsx';

/** A network that others can be held against. */
export type ReferenceOption = { readonly runId: string; readonly network: number; readonly name: string };

type Found = Pick<ReferenceNetworksQuery, 'run' | 'group'>;

/** What a run is held against by itself: its independent twin of the same seed, then the networks that taught in it. */
export function referenceOptions({ run, group }: Found, seed: number): ReferenceOption[] {
  const twin = group?.twin?.runs.find((one) => one.seed === seed && one.counts && one.state === 'SUCCEEDED');
  const twins = (twin?.networks ?? [])
    .filter(({ role }) => role !== 'TEACHER')
    .map(({ index }) => ({ runId: twin?.id ?? '', network: index, name: `independent twin · network ${index}` }));
  const own = (run?.networks ?? [])
    .filter(({ role }) => role === 'TEACHER')
    .map(({ index }) => ({ runId: run?.id ?? '', network: index, name: `teacher, trained within this run · network ${index}` }));
  const earlier = (run?.teachers ?? []).flatMap(({ network, run: teacher }) =>
    teacher?.state === 'SUCCEEDED'
      ? [{ runId: teacher.id, network, name: `teacher · ${teacher.label}, seed ${teacher.seed} · network ${network}` }]
      : [],
  );
  return [...twins, ...own, ...earlier];
}

/** All networks of a run that somebody named. */
export const optionsOfRun = ({ id, label, seed, networks }: FoundRun): ReferenceOption[] =>
  networks.map(({ index }) => ({ runId: id, network: index, name: `${label}, seed ${seed} · network ${index}` }));

/** Each network once, by the first name it has. */
export const eachOnce = (options: readonly ReferenceOption[]): ReferenceOption[] =>
  options.filter((one, place) => options.findIndex(({ runId, network }) => runId === one.runId && network === one.network) === place);
