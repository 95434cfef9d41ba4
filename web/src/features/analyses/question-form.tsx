'use client';

import { type AnalysisKind, analysisKinds, entries } from '@studyhall/contract/analysis/kinds.ts';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType, type JsonValue, type Setting } from '@studyhall/contract/settings/settings.ts';
import { type ReactNode, useState } from 'react';
import type { QuestionInput } from '@/generated/graphql.ts';
import { settingLabel } from '@/lib/contract/labels.ts';
import { readValue } from '@/lib/contract/read-value.ts';
import { useSeparators } from '@/lib/numbers/use-separators.ts';
import { kindNames } from '@/ui/analysis/kinds.ts';
import { Button } from '@/ui/button.tsx';
import { Input, Select } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';

/** The options of a kind, as the contract has them; those that say nothing are left out. */
const optionsOf = (kind: AnalysisKind): readonly Setting[] => {
  const question = inputType(settings, 'QuestionInput').fields.find(({ name }) => name === entries[kind]);
  return inputType(settings, question?.type ?? '').fields.filter(({ kind: value }) => value !== 'boolean');
};

const written = (value: JsonValue | undefined): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));

type Props = {
  onAsk: (question: QuestionInput, kind: AnalysisKind) => void;
  /** What else is asked for with a question of that kind, and whether that is complete. */
  more?: (kind: AnalysisKind) => { fields: ReactNode; complete: boolean };
  /** Of whom it is asked, above the question. */
  above?: ReactNode;
  loading: boolean;
  error: unknown;
};

/** A question of any kind with its options, as the contract has them. */
export function QuestionForm({ onAsk, more, above, loading, error }: Props) {
  const separators = useSeparators();
  const [kind, setKind] = useState<AnalysisKind>('GENERALISATION');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const textOf = (field: Setting) => texts[`${kind}.${field.name}`] ?? written(field.default);
  const read = optionsOf(kind).map((field) => {
    const text = textOf(field).trim();
    const value = field.kind === 'enum' ? { value: text, problem: null } : readValue(field, text, separators);
    return { field, ...value, problem: text === '' ? 'is required.' : value.problem };
  });
  const { fields, complete } = more?.(kind) ?? { fields: null, complete: true };
  const said = JSON.stringify([kind, read.map(({ value }) => value ?? null)]);
  const [asked, setAsked] = useState('');

  return (
    <form
      className="space-y-3 border-b border-line py-3"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(said);
        onAsk(
          { [entries[kind]]: Object.fromEntries(read.map(({ field, value }) => [field.name, value])) } as unknown as QuestionInput,
          kind,
        );
      }}
    >
      {above}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <Labelled small label="Question">
          {(field) => (
            <Select {...field} value={kind} onChange={(event) => setKind(event.target.value as AnalysisKind)}>
              {analysisKinds.map((one) => (
                <option key={one} value={one}>
                  {kindNames[one].name}
                </option>
              ))}
            </Select>
          )}
        </Labelled>
        {read.map(({ field, problem }) => {
          const key = `${kind}.${field.name}`;
          const change = (text: string) => setTexts({ ...texts, [key]: text });
          return (
            <Labelled key={key} small label={<span title={field.description}>{settingLabel(field.name)}</span>}>
              {(labelled) => (
                <>
                  {field.kind === 'enum' ? (
                    <Select {...labelled} value={textOf(field)} onChange={(event) => change(event.target.value)}>
                      {settings.enums[field.type]?.values.map(({ name }) => (
                        <option key={name} value={name}>
                          {settingLabel(name)}
                        </option>
                      ))}
                    </Select>
                  ) : (
                    <Input
                      {...labelled}
                      value={textOf(field)}
                      aria-invalid={problem !== null}
                      inputMode={field.list ? 'text' : 'decimal'}
                      onChange={(event) => change(event.target.value)}
                    />
                  )}
                  {problem === null ? null : <span className="block text-danger">{problem}</span>}
                </>
              )}
            </Labelled>
          );
        })}
        {fields}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" disabled={loading || !complete || read.some(({ problem }) => problem !== null)}>
          Ask
        </Button>
        <p className="text-xs text-muted">{kindNames[kind].asks} The same question about the same weights is answered once.</p>
      </div>
      {/* A refusal stands until the question is another one. */}
      <Refusal of={asked === said ? error : null} className="whitespace-pre-line" />
    </form>
  );
}
