import type { NetworkSettings, RunSpec, TeacherSettings, TeachingSettings } from './run-spec.ts';

/** The method's part that says who teaches and how, with its path in the spec; absent where nobody does. */
export function teachingOf({ method }: Pick<RunSpec, 'method'>): { path: string; teaching: TeachingSettings } | undefined {
  if (method.distillation) return { path: 'method.distillation', teaching: method.distillation };
  if (method.mutual?.teaching) return { path: 'method.mutual.teaching', teaching: method.mutual.teaching };
  return undefined;
}

/** All teachers, in the spec's order, each with its path. */
export function teachersOf(spec: Pick<RunSpec, 'method'>): { path: string; position: number; teacher: TeacherSettings }[] {
  const found = teachingOf(spec);
  return (found?.teaching.teachers ?? []).map((teacher, position) => ({
    path: `${found?.path}.teachers.${position}`,
    position,
    teacher,
  }));
}

/** The teachers that are trained first, within the run: together, so all for as many epochs. */
export function trainedTeachers(spec: Pick<RunSpec, 'method' | 'training'>): { path: string; network: NetworkSettings; epochs: number }[] {
  return teachersOf(spec).flatMap(({ path, teacher: { trained } }) =>
    trained ? [{ path: `${path}.trained`, network: trained.network, epochs: trained.epochs ?? spec.training.epochs }] : [],
  );
}

/** Every network that a run trains: the cohort, and after it the teachers trained first. */
export function trainedNetworks(spec: RunSpec): { path: string; network: NetworkSettings }[] {
  return [
    ...spec.networks.map((network, index) => ({ path: `networks.${index}`, network })),
    ...trainedTeachers(spec).map(({ path, network }) => ({ path: `${path}.network`, network })),
  ];
}
