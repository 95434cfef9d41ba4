'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { ScheduleChoicesQuery } from '@/generated/graphql.ts';
import type { Problem } from '@/lib/contract/read-draft.ts';

/** What every field of the form may need to know. */
type FormContext = {
  problems: readonly Problem[];
  /** The visitor may only read. */
  readOnly: boolean;
  choices: ScheduleChoicesQuery;
};

const Context = createContext<FormContext>({
  problems: [],
  readOnly: true,
  choices: { datasets: [], models: [], experiments: { edges: [] } },
});

export function FormProvider({ children, ...value }: FormContext & { children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useScheduleForm(): FormContext {
  return useContext(Context);
}

/** What is wrong at a path; `deep` takes in what lies below it, for fields that show a whole group. */
export function useProblems(path: string, deep = false): string[] {
  const { problems } = useContext(Context);
  return problems
    .filter((problem) => problem.path === path || (deep && problem.path.startsWith(`${path}.`)))
    .map((problem) => problem.message);
}

/** The id of a field's element, for labels and for links from the list of problems. */
export function fieldId(path: string): string {
  return `set-${path.replaceAll('.', '-')}`;
}
