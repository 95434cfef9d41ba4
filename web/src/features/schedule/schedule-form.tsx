'use client';

import { useMutation } from '@apollo/client/react';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { FormProvider as HookFormProvider, useForm, useWatch } from 'react-hook-form';
import { type ScheduleChoicesQuery, ScheduleRunsDocument, type ScheduleRunsMutationVariables } from '@/generated/graphql.ts';
import { errorMessage, errorProblems } from '@/lib/api/error-code.ts';
import type { Draft } from '@/lib/contract/draft.ts';
import { newTitle } from '@/lib/experiments/chosen-experiment.ts';
import { useSeparators } from '@/lib/numbers/use-separators.ts';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { CloneNotice } from './clone-notice.tsx';
import { DraftNotice } from './draft-notice.tsx';
import { focusSetting } from './focus-setting.ts';
import { FormProvider } from './form-context.tsx';
import { fieldId } from './form-place.ts';
import { repeatedSeeds } from './free-seeds.ts';
import { type LeftBehind, proposedDataset } from './initial-draft.ts';
import { atFormPath, readForm } from './read-form.ts';
import { ScheduleSections } from './schedule-sections.tsx';
import { ScheduleSummary } from './schedule-summary.tsx';
import { useKeptDraft } from './use-kept-draft.ts';
import { useScheduledSeeds } from './use-scheduled-seeds.ts';
import { useSpecCheck } from './use-spec-check.ts';

const labelSmoothing = (training: JsonValue | undefined): number =>
  training && typeof training === 'object' && 'labelSmoothing' in training ? Number(training.labelSmoothing) : 0;

const eachOnce = (problems: readonly Problem[]) => [
  ...new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem])).values(),
];

type Props = {
  initial: Draft;
  choices: ScheduleChoicesQuery;
  /** Where what is typed is kept: an address of its own for whatever the form can start with. */
  place: string;
  /** What an earlier run has that its copy does not begin with. */
  leftBehind?: LeftBehind | null;
};

/** The form: every setting of the contract, checked while one types, and what would be scheduled. */
export function ScheduleForm({ initial, choices, place, leftBehind = null }: Props) {
  const { canWrite } = useViewer();
  const router = useRouter();
  const form = useForm({ defaultValues: initial });
  const proposed = proposedDataset(choices);
  useEffect(() => {
    // Opened before a trainer had announced any, and none was named since.
    if (form.getValues('spec.dataset') === '') form.resetField('spec.dataset', { defaultValue: proposed });
  }, [form, proposed]);
  const draft = { ...initial, ...(useWatch({ control: form.control }) as Draft) };
  const kept = useKeptDraft(place, form, draft);
  const separators = useSeparators();
  const reading = readForm(draft, separators);
  const check = useSpecCheck(reading);
  const scheduledSeeds = useScheduledSeeds(reading);
  const [schedule, { loading }] = useMutation(ScheduleRunsDocument);
  const [refused, setRefused] = useState<{ draft: string; message: string; problems: Problem[] } | null>(null);
  // A refusal stands until something is changed.
  const refusal = refused?.draft === JSON.stringify(reading.input) ? refused : null;
  const found = [...reading.problems, ...reading.contradictions, ...check.problems];
  const problems = refusal?.problems.length ? refusal.problems : eachOnce(found);

  useEffect(() => {
    if (refused) focusSetting(refused.problems);
  }, [refused]);
  const submit = async () => {
    if (problems.length > 0) return focusSetting(problems);
    if (loading || check.state === 'checking' || !canWrite) return;
    try {
      // The form is made from the contract, so what it reads has the input's shape.
      const input = reading.input as unknown as ScheduleRunsMutationVariables['input'];
      const newExperiment = newTitle(input.experimentId);
      const { data } = await schedule({
        variables: newExperiment === null ? { input } : { input: { ...input, experimentId: null }, newExperiment },
      });
      const runs = data?.scheduleRuns ?? [];
      const first = runs[0];
      kept.sent();
      if (first) router.push(runs.length === 1 ? paths.run(first.id) : paths.runs({ group: first.groupKey }));
    } catch (error) {
      setRefused({ draft: JSON.stringify(reading.input), message: errorMessage(error), problems: errorProblems(error).map(atFormPath) });
    }
  };

  return (
    <HookFormProvider {...form}>
      <FormProvider problems={problems} readOnly={!canWrite} choices={choices} separators={separators} scheduledSeeds={scheduledSeeds}>
        <form
          id={fieldId('spec')}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,52rem)_20rem]"
        >
          <div className="-mb-4 lg:col-span-2">
            {leftBehind && canWrite ? <CloneNotice left={leftBehind} /> : null}
            {canWrite ? <DraftNotice kept={kept} /> : null}
          </div>
          <ScheduleSections
            method={reading.spec.method}
            networks={Array.isArray(reading.spec.networks) ? reading.spec.networks.length : 0}
            labelSmoothing={labelSmoothing(reading.spec.training)}
          />
          <aside aria-label="Summary" className="lg:sticky lg:top-16 lg:max-h-[calc(100vh-5rem)] lg:self-start lg:overflow-y-auto">
            <ScheduleSummary
              reading={reading}
              repeated={repeatedSeeds(reading.seeds, scheduledSeeds)}
              problems={problems}
              check={check.state}
              canWrite={canWrite}
              sending={loading}
              refusal={refusal && refusal.problems.length === 0 ? refusal.message : null}
            />
          </aside>
        </form>
      </FormProvider>
    </HookFormProvider>
  );
}
