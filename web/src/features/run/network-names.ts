import type { RunLiveFragment } from '@/generated/graphql.ts';
import { seriesColour } from '@/ui/chart/series.ts';

export type Network = RunLiveFragment['networks'][number];

/** One line of a chart's legend: a network, or the ensemble of all. */
export type Member = { key: string; index: number | null; name: string; colour: string };

/** The run's members in the order of their indexes, each with its colour on this page; the ensemble of a cohort in ink. */
export function membersOf(networks: readonly Network[], measured: readonly number[]): Member[] {
  const indexes = [...new Set([...networks.map((network) => network.index), ...measured])].toSorted((one, other) => one - other);
  const teachers = networks.filter((network) => network.role === 'TEACHER').length;
  const members: Member[] = indexes.map((index) => {
    const network = networks.find((each) => each.index === index);
    const role = network?.role === 'TEACHER' ? (teachers > 1 ? `teacher ${index}` : 'teacher') : `net ${index}`;
    return { key: `n${index}`, index, name: network ? `${role} · ${network.model.name}` : role, colour: seriesColour(index) };
  });
  const cohort = networks.filter((network) => network.role !== 'TEACHER');
  return cohort.length > 1 ? [...members, { key: 'ensemble', index: null, name: 'ensemble', colour: '--ink' }] : members;
}
