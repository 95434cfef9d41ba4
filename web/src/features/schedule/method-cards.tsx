'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { RadioGroup } from 'radix-ui';
import { settingLabel } from '@/lib/contract/labels.ts';
import { cx } from '@/ui/cx.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { ProblemText } from './problem-text.tsx';
import { SettingGroup } from './setting-group.tsx';
import { useOption } from './use-option.ts';

const path = 'spec.method';
const options = inputType(settings, 'MethodInput').fields;

/** The methods side by side, and the settings of the chosen one. */
export function MethodCards() {
  const { readOnly } = useScheduleForm();
  const { chosen, choose } = useOption('MethodInput', path);
  const problems = useProblems(path);
  const option = options.find((candidate) => candidate.name === chosen);
  return (
    <div id={fieldId(path)}>
      <RadioGroup.Root
        aria-label="Method"
        aria-describedby={textIds(path).problem}
        value={chosen}
        onValueChange={choose}
        disabled={readOnly}
        className="mt-3 grid gap-2 sm:grid-cols-2"
      >
        {options.map((candidate) => (
          <RadioGroup.Item
            key={candidate.name}
            value={candidate.name}
            className={cx(
              'flex flex-col justify-start rounded-[3px] border px-3 py-2.5 text-left',
              candidate.name === chosen ? 'border-accent bg-accent-soft' : 'border-line-strong bg-raised hover:border-muted',
            )}
          >
            <span className="flex items-center gap-2 text-[0.8125rem] font-semibold">
              <span
                aria-hidden
                className={cx('size-2.5 rounded-full border', candidate.name === chosen ? 'border-accent bg-accent' : 'border-line-strong')}
              />
              {settingLabel(candidate.name)}
            </span>
            <span className="mt-1 block text-xs text-muted">{candidate.description}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <ProblemText id={textIds(path).problem} problems={problems} />
      {option ? (
        <div id={fieldId(`${path}.${chosen}`)} className="mt-2">
          <SettingGroup type={option.type} path={`${path}.${chosen}`} />
        </div>
      ) : null}
    </div>
  );
}
