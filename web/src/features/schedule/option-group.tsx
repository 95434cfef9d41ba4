'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { Segmented } from '@/ui/segmented.tsx';
import { fieldId } from './form-place.ts';
import { Prose } from './prose.tsx';
import { SettingGroup } from './setting-group.tsx';
import { useOption } from './use-option.ts';

/** Exactly one of several groups of settings: a choice, and the settings of what was chosen. */
export function OptionGroup({ type, path }: { type: string; path: string }) {
  const { chosen, choose } = useOption(type, path);
  const options = inputType(settings, type).fields;
  const field = options.find((option) => option.name === chosen);
  const about = `${fieldId(path)}-chosen-about`;
  return (
    <>
      {options.length > 1 ? (
        <Segmented
          label={settingLabel(path.split('.').at(-1) ?? type)}
          value={chosen}
          options={options.map((option) => ({ value: option.name, label: settingLabel(option.name) }))}
          onChange={choose}
          {...(field?.description ? { describedBy: about } : {})}
        />
      ) : (
        <p className="text-[0.8125rem]">{settingLabel(chosen)}</p>
      )}
      {field?.description ? (
        <p id={about} className="mt-1 text-xs text-muted">
          <Prose text={field.description} />
        </p>
      ) : null}
      {field?.kind === 'input' ? (
        <div id={fieldId(`${path}.${chosen}`)} className="mt-1 border-l border-line pl-4 [&>div:last-child]:border-0">
          <SettingGroup type={field.type} path={`${path}.${chosen}`} />
        </div>
      ) : null}
    </>
  );
}
