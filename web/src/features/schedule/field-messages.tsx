'use client';

import type { Setting } from '@studyhall/contract/settings/settings.ts';
import { useWatch } from 'react-hook-form';
import { readValue } from '@/lib/contract/read-value.ts';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { textIds } from './form-place.ts';
import { ProblemText } from './problem-text.tsx';

type Props = { field: Setting; path: string; deep?: boolean; understood?: boolean };

/** What is said back about a field: how its number was understood, and what is wrong with it. */
export function FieldMessages({ field, path, deep = false, understood = true }: Props) {
  const problems = useProblems(path, deep);
  const ids = textIds(path);
  return (
    <>
      {understood && isNumeric(field) ? <Understood id={ids.understood} field={field} path={path} /> : null}
      <ProblemText id={ids.problem} problems={problems} />
    </>
  );
}

/** `1e3 → 1,000 epochs`. */
function Understood({ id, field, path }: { id: string; field: Setting; path: string }) {
  const { separators } = useScheduleForm();
  const typed: unknown = useWatch({ name: path });
  const text = typeof typed === 'string' ? typed.trim() : '';
  const understood = text === '' ? null : readValue(field, text, separators).understood;
  return (
    <p id={id} aria-live="polite" className="text-xs text-muted">
      {understood === null ? null : (
        <>
          {text} → <strong className="font-medium text-ink">{understood}</strong>
        </>
      )}
    </p>
  );
}

export const isNumeric = ({ kind }: Setting) => kind === 'int' || kind === 'float';
