'use client';

import { useState } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { Combobox } from '@/ui/combobox.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { searchStatus } from './search-status.ts';
import { useTeacherGroups } from './use-teachers.ts';

const twin = { value: '', label: 'The independent twin of each' };

/** A group on the dataset that is chosen, whose networks these are held against; or none, which is the independent twin of each. */
export function GroupPicker({ path }: FieldProps) {
  const { readOnly } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const dataset: unknown = useWatch({ name: 'spec.dataset' });
  const [search, setSearch] = useState('');
  const value = typeof input.value === 'string' ? input.value : '';
  const { found, more, searching, failed, chosen, refresh } = useTeacherGroups(typeof dataset === 'string' ? dataset : '', search, value);
  const groups = [...new Map(found.map(({ of, group, detail }) => [of, { value: of, label: group, detail }])).values()];
  const ids = textIds(path);
  return (
    <Combobox
      id={fieldId(path)}
      ref={input.ref}
      disabled={readOnly}
      invalid={useProblems(path).length > 0}
      describedBy={`${ids.about} ${ids.problem}`}
      shown={value === '' ? twin.label : (chosen[0]?.group ?? value)}
      options={search === '' ? [twin, ...groups] : groups}
      searching={searching}
      status={searchStatus(found.length, search, { more, searching, failed })}
      onSearch={(text) => {
        setSearch(text);
        if (text === '' && dataset) refresh();
      }}
      onChoose={input.onChange}
      onBlur={input.onBlur}
      className="w-full"
    />
  );
}
