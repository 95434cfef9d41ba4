'use client';

import { useId } from 'react';
import { useController } from 'react-hook-form';
import { Input } from '@/ui/input.tsx';
import type { FieldProps } from './field-props.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';

/** Families to begin with; the models that runs have used come before them. */
const examples = [
  'cnn',
  'cnn-16',
  'resnet-8',
  'resnet-14',
  'resnet-20',
  'resnet-32',
  'resnet-8x2',
  'wrn-16-2',
  'mobilenet-0.5',
  'tcn-64',
  'mlp-256-256',
  'mlp-800-800',
];

/** An architecture by name: typed, with those in use suggested. */
export function ModelInput({ path, label, about }: FieldProps & { label?: string; about?: string }) {
  const { readOnly, choices } = useScheduleForm();
  const { field: input } = useController({ name: path });
  const invalid = useProblems(path).length > 0;
  const ids = textIds(path);
  const list = useId();
  const used = choices.models.map((model) => model.name);
  return (
    <>
      <Input
        id={fieldId(path)}
        ref={input.ref}
        list={list}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={`${about ?? ids.about} ${ids.problem}`}
        disabled={readOnly}
        value={typeof input.value === 'string' ? input.value : ''}
        onBlur={input.onBlur}
        onChange={input.onChange}
        autoComplete="off"
        spellCheck={false}
        placeholder="resnet-8"
      />
      <datalist id={list}>
        {[...new Set([...used, ...examples])].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
