'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Segmented } from '@/ui/segmented.tsx';
import { GroupTeacher, RunTeacher } from './earlier-teacher.tsx';
import { useProblems } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { ProblemText } from './problem-text.tsx';
import { Prose } from './prose.tsx';
import { SettingGroup } from './setting-group.tsx';
import { useOption } from './use-option.ts';

const options = inputType(settings, 'TeacherInput').fields;

/** Where the teacher comes from: an earlier run, a group at the same seed, or one trained first. */
export function TeacherPicker({ path }: { path: string }) {
  const { chosen, choose } = useOption('TeacherInput', path);
  const option = options.find((candidate) => candidate.name === chosen);
  const here = `${path}.${chosen}`;
  const problems = [...useProblems(path), ...useProblems(here)];
  const ids = textIds(here);
  return (
    <div>
      <Segmented
        label="Where the teacher comes from"
        value={chosen}
        options={options.map((candidate) => ({ value: candidate.name, label: settingLabel(candidate.name) }))}
        onChange={choose}
        describedBy={`${ids.about} ${ids.problem}`}
      />
      <p id={ids.about} className="mt-1 text-xs text-muted">
        <Prose text={option?.description ?? ''} />
      </p>
      <ProblemText id={ids.problem} problems={problems} />
      <div id={fieldId(here)} className="mt-1 border-l border-line pl-4 [&>div:last-child]:border-0">
        {chosen === 'run' ? <RunTeacher path={here} /> : null}
        {chosen === 'group' ? <GroupTeacher path={here} /> : null}
        {chosen !== 'run' && chosen !== 'group' && option ? <SettingGroup type={option.type} path={here} /> : null}
      </div>
    </div>
  );
}
