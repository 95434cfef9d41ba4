'use client';

import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { createContext, type ReactNode, useContext } from 'react';
import type { ScheduleChoicesQuery } from '@/generated/graphql.ts';
import { english, type Separators } from '@/lib/numbers/separators.ts';
import { formPlace } from './form-place.ts';

/** What every field of the form may need to know. */
type FormContext = {
  problems: readonly Problem[];
  /** The visitor may only read. */
  readOnly: boolean;
  choices: ScheduleChoicesQuery;
  /** How the visitor writes numbers. */
  separators: Separators;
  /** Seeds for which there is a run of just these settings. */
  scheduledSeeds: readonly number[];
};

const Context = createContext<FormContext>({
  problems: [],
  readOnly: true,
  choices: { datasets: [], trainers: [], models: [] },
  separators: english,
  scheduledSeeds: [],
});

export function FormProvider({ children, ...value }: FormContext & { children: ReactNode }) {
  return <Context value={value}>{children}</Context>;
}

export function useScheduleForm(): FormContext {
  return useContext(Context);
}

/** What is wrong with the setting at a path; `deep` takes in what lies below it, for fields that show a whole group. */
export function useProblems(path: string, deep = false): string[] {
  const { problems } = useContext(Context);
  return problems
    .filter((problem) => {
      const place = formPlace(problem.path);
      return place === path || (deep && place.startsWith(`${path}.`));
    })
    .map((problem) => problem.message);
}
