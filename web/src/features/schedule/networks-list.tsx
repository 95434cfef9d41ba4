'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { Copy, Plus, X } from 'lucide-react';
import { flushSync } from 'react-dom';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { draftOf } from '@/lib/contract/draft.ts';
import { Button, IconButton } from '@/ui/button.tsx';
import { FieldMessages } from './field-messages.tsx';
import { focusItem } from './focus-setting.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { ModelInput } from './model-input.tsx';
import { ProblemText } from './problem-text.tsx';
import { Prose } from './prose.tsx';
import { SettingControl } from './setting-control.tsx';
import { SettingField } from './setting-field.tsx';
import { ViewPicker } from './view-picker.tsx';

const path = 'spec.networks';
const fields = inputType(settings, 'NetworkInput').fields;
const named = (name: string) => fields.find((field) => field.name === name);
/** Said once above the list, for all networks. */
const about = (name: string) => textIds(`${path}.${name}`).about;
const others = fields.filter((field) => !['model', 'view', 'dropout'].includes(field.name));

/** The cohort: one line per network, to add, repeat and remove. */
export function NetworksList() {
  const { readOnly } = useScheduleForm();
  const { getValues } = useFormContext();
  const list = useFieldArray({ name: path });
  const problems = useProblems(path);
  const words = inputType(settings, 'RunSpecInput').fields.find((field) => field.name === 'networks');
  return (
    <fieldset
      id={fieldId(path)}
      className="min-w-0"
      aria-label="Networks"
      aria-describedby={`${textIds(path).about} ${textIds(path).problem}`}
    >
      <p id={textIds(path).about} className="max-w-[64ch] pt-2 text-xs text-muted">
        <Prose text={words?.description ?? ''} />{' '}
        <span id={about('model')}>
          <Prose text={named('model')?.description ?? ''} />
        </span>
      </p>
      <p id={about('view')} className="max-w-[64ch] pt-1 text-xs text-muted">
        <Prose text={named('view')?.description ?? ''} />
      </p>
      <p id={about('dropout')} className="max-w-[64ch] pt-1 text-xs text-muted">
        Dropout: <Prose text={named('dropout')?.description ?? ''} />
      </p>
      <ol className="mt-2">
        {list.fields.map((item, index) => (
          <NetworkLine key={item.id} index={index}>
            <IconButton
              label={`Add another like network ${index}`}
              disabled={readOnly}
              onClick={() => list.insert(index + 1, structuredClone(getValues(`${path}.${index}`)))}
            >
              <Copy aria-hidden className="size-4" />
            </IconButton>
            <IconButton
              label={`Remove network ${index}`}
              disabled={readOnly || list.fields.length === 1}
              onClick={() => {
                flushSync(() => list.remove(index));
                focusItem(path, Math.min(index, list.fields.length - 2), 'Remove');
              }}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </NetworkLine>
        ))}
      </ol>
      <ProblemText id={textIds(path).problem} problems={problems} />
      <Button
        small
        className="mt-2"
        disabled={readOnly}
        onClick={() => list.append(draftOf(settings, 'NetworkInput', { model: 'resnet-8' }))}
      >
        <Plus aria-hidden className="size-3.5" /> Add a network
      </Button>
    </fieldset>
  );
}

function NetworkLine({ index, children }: { index: number; children: React.ReactNode }) {
  const here = `${path}.${index}`;
  const problems = useProblems(here);
  const model = named('model');
  const view = named('view');
  const dropout = named('dropout');
  return (
    <li id={fieldId(here)} className="border-b border-line py-1.5">
      <div className="grid grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,1fr)_8rem_auto]">
        <span className="text-right text-xs text-muted">{index}</span>
        {model ? <ModelInput field={model} path={`${here}.model`} label={`Model of network ${index}`} about={about('model')} /> : null}
        {view ? <ViewPicker field={view} path={`${here}.view`} label={`View of network ${index}`} about={about('view')} /> : null}
        {dropout ? (
          <span className="order-last col-span-2 col-start-2 flex items-center gap-2 sm:order-none sm:col-auto">
            <span aria-hidden className="text-xs text-muted">
              Dropout
            </span>
            <SettingControl field={dropout} path={`${here}.dropout`} label={`Dropout of network ${index}`} about={about('dropout')} />
          </span>
        ) : null}
        <span className="flex">{children}</span>
      </div>
      <div className="pl-8">
        {others.map((field) => (
          <SettingField key={field.name} owner="NetworkInput" field={field} path={`${here}.${field.name}`} />
        ))}
        {[model, view, dropout].map((field) =>
          field ? <FieldMessages key={field.name} field={field} path={`${here}.${field.name}`} /> : null,
        )}
        <ProblemText id={textIds(here).problem} problems={problems} />
      </div>
    </li>
  );
}
