import type { RunOutputsQuery } from '@/generated/graphql.ts';
import type { FoundRun } from '@/ui/other-run/other-run.tsx';
import { membersOf, type Network } from '../network-names.ts';
import type { RunFacts } from '../use-run.ts';

/** A network to choose, of this run or of another. */
export type NetworkChoice = {
  readonly id: string;
  readonly name: string;
  readonly own: boolean;
  readonly teacher: boolean;
  readonly colour: string;
};

type Answered = NonNullable<RunOutputsQuery['run']>;

/** The run's networks, then the earlier runs' networks that taught in it. */
export function choicesOf(networks: readonly Network[], { teachers }: Pick<Answered, 'teachers'>): NetworkChoice[] {
  const members = membersOf(networks, []);
  const own = networks.map(({ id, index, role }) => {
    const member = members.find((each) => each.index === index);
    return { id, own: true, teacher: role === 'TEACHER', name: member?.name ?? `net ${index}`, colour: member?.colour ?? '--ink' };
  });
  const taught = teachers.flatMap(({ run, network }) => {
    const teacher = run?.networks.find(({ index }) => index === network);
    return run && teacher
      ? [{ id: teacher.id, own: false, teacher: true, name: `teacher, seed ${run.seed} · ${run.label}`, colour: '--ink' }]
      : [];
  });
  return [...own, ...taught];
}

/** The networks of the group's other seeds. */
export function siblingChoices(siblings: RunFacts['siblings'], ownSeed: number): NetworkChoice[] {
  return siblings
    .filter(({ state }) => state === 'SUCCEEDED')
    .toSorted((one, other) => one.seed - other.seed)
    .flatMap(({ seed, networks }) =>
      networks.map(({ id, index, role }) => ({
        id,
        own: false,
        teacher: role === 'TEACHER',
        name: `seed ${seed}${seed === ownSeed ? ', repeated' : ''} · net ${index}`,
        colour: '--muted',
      })),
    );
}

/** The networks of any other run. */
export function choicesOfRun({ label, seed, networks }: FoundRun): NetworkChoice[] {
  return networks.map(({ id, index, role }) => ({
    id,
    own: false,
    teacher: role === 'TEACHER',
    name: `${label}, seed ${seed} · net ${index}`,
    colour: '--muted',
  }));
}
