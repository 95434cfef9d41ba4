'use client';

import { useState } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { Combobox } from '@/ui/combobox.tsx';
import { Select } from '@/ui/input.tsx';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { ProblemText } from './problem-text.tsx';
import { searchStatus } from './search-status.ts';
import { SettingGroup } from './setting-group.tsx';
import { type Teachers, useTeacherGroups, useTeacherRuns } from './use-teachers.ts';

/** One network of one earlier run on the same dataset. */
export function RunTeacher({ path }: { path: string }) {
  return <EarlierTeacher path={path} field="runId" noun="run" useTeachers={useTeacherRuns} />;
}

/** The run of a group that has the student's seed. */
export function GroupTeacher({ path }: { path: string }) {
  return <EarlierTeacher path={path} field="groupKey" noun="group" useTeachers={useTeacherGroups} />;
}

type Props = {
  path: string;
  field: 'runId' | 'groupKey';
  noun: 'run' | 'group';
  useTeachers: (dataset: string, search: string, chosen: string) => Teachers;
};

function EarlierTeacher({ path, field, noun, useTeachers }: Props) {
  const { readOnly } = useScheduleForm();
  const here = `${path}.${field}`;
  const networkPath = `${path}.network`;
  const { field: input } = useController({ name: here });
  const { field: index } = useController({ name: networkPath });
  const problems = useProblems(here);
  const networkProblems = useProblems(networkPath);
  const dataset: unknown = useWatch({ name: 'spec.dataset' });
  const [search, setSearch] = useState('');
  const value = typeof input.value === 'string' ? input.value : '';
  const network = String(index.value ?? '0');
  const { found, more, searching, failed, chosen, refresh } = useTeachers(typeof dataset === 'string' ? dataset : '', search, value);
  const current = chosen.find((option) => String(option.network) === network) ?? chosen[0];
  const none = found.length === 0 && !searching && !failed && search === '';
  return (
    <div className="py-2">
      <div className="flex flex-wrap gap-2">
        <Combobox
          id={fieldId(here)}
          ref={input.ref}
          label={`The ${noun} that teaches`}
          invalid={problems.length > 0}
          describedBy={textIds(here).problem}
          disabled={readOnly}
          shown={current?.label ?? value}
          placeholder={none ? 'None there yet' : 'Choose'}
          options={found.map((option) => ({ value: `${option.network} ${option.of}`, label: option.label, detail: option.detail }))}
          searching={searching}
          status={searchStatus(found.length, search, { more, searching, failed })}
          onSearch={(text) => {
            setSearch(text);
            if (text === '' && dataset) refresh();
          }}
          onChoose={(option) => {
            const [place = '0', of = ''] = option.split(' ');
            input.onChange(of);
            index.onChange(place);
          }}
          onBlur={input.onBlur}
          className="grow basis-64"
        />
        <Select
          id={fieldId(networkPath)}
          aria-label="Which of its networks"
          aria-invalid={networkProblems.length > 0 || undefined}
          aria-describedby={textIds(networkPath).problem}
          ref={index.ref}
          disabled={readOnly}
          value={network}
          onBlur={index.onBlur}
          onChange={index.onChange}
          className="grow basis-40 sm:max-w-52"
        >
          {chosen.some((option) => String(option.network) === network) ? null : <option value={network}>network {network}</option>}
          {chosen.map((option) => (
            <option key={option.network} value={option.network}>
              network {option.network} · {option.detail.split(' · ').slice(0, 2).join(' · ')}
            </option>
          ))}
        </Select>
      </div>
      {current && value ? <p className="mt-1 text-xs text-muted">{current.detail}</p> : null}
      {none ? (
        <p className="mt-1 text-xs text-muted">
          No {noun} on this dataset has a network to teach yet. Schedule one first, or train a teacher within the run.
        </p>
      ) : null}
      <ProblemText id={textIds(here).problem} problems={problems} />
      <ProblemText id={textIds(networkPath).problem} problems={networkProblems} />
      <SettingGroup type={field === 'runId' ? 'RunTeacherInput' : 'GroupTeacherInput'} path={path} without={[field, 'network']} />
    </div>
  );
}
