'use client';

import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { useTeacherGroups, useTeacherRuns } from './use-teachers.ts';

type Group = { [name: string]: JsonValue };

const isGroup = (value: JsonValue | undefined): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The teachers that a spec's method names, as they stand in it. */
export function teachersIn(method: JsonValue | undefined): Group[] {
  if (!isGroup(method)) return [];
  const mutual = isGroup(method.mutual) ? method.mutual : {};
  const teaching = isGroup(method.distillation) ? method.distillation : mutual.teaching;
  return isGroup(teaching) && Array.isArray(teaching.teachers) ? teaching.teachers.filter(isGroup) : [];
}

/** What a teacher is called: the run or group by its label, a model that is trained first by its name. */
export function TeacherName({ teacher }: { teacher: Group }) {
  const { run, group, trained } = teacher;
  if (isGroup(trained)) {
    const model = isGroup(trained.network) ? trained.network.model : null;
    return <>{`${typeof model === 'string' ? model : '?'}, trained first`}</>;
  }
  if (isGroup(group))
    return (
      <EarlierName
        of={String(group.groupKey ?? '')}
        network={Number(group.network ?? 0)}
        useTeachers={useTeacherGroups}
        suffix=", same seed"
      />
    );
  return (
    <EarlierName
      of={isGroup(run) ? String(run.runId ?? '') : ''}
      network={isGroup(run) ? Number(run.network ?? 0) : 0}
      useTeachers={useTeacherRuns}
      suffix=""
    />
  );
}

type Props = { of: string; network: number; useTeachers: typeof useTeacherRuns; suffix: string };

function EarlierName({ of, network, useTeachers, suffix }: Props) {
  const { chosen } = useTeachers('', '', of);
  const found = chosen.find((option) => option.network === network);
  return <>{found ? `${found.label}${suffix}` : of || 'not chosen yet'}</>;
}
