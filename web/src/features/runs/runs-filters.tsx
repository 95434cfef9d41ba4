'use client';

import { X } from 'lucide-react';
import { RunChoicesDocument } from '@/generated/graphql.ts';
import { useExperimentChoices } from '@/lib/experiments/use-experiment-choices.ts';
import { useDatasetChoices } from '@/lib/live/use-dataset-choices.ts';
import { ChoiceSelect } from '@/ui/choice-select.tsx';
import { Select } from '@/ui/input.tsx';
import { ArchivedFilter, DatasetFilter, MethodFilter } from '@/ui/list-filters.tsx';
import { SearchInput } from '@/ui/search-input.tsx';
import type { RunsState } from './search-state.ts';
import { StateFilter } from './state-filter.tsx';

type Props = { state: RunsState; setState: (next: Partial<RunsState>) => void; pending: boolean };

const sorts: Record<RunsState['sort'], string> = {
  ACTIVITY: 'Running, queued, rest',
  CREATED: 'Scheduled last',
  STARTED: 'Started last',
  FINISHED: 'Finished last',
  PRIORITY: 'Priority',
  VALIDATION_ACCURACY: 'Validation accuracy',
};

const endedOptions = [
  { value: 'hour', label: 'Ended in the last hour' },
  { value: 'day', label: 'Ended in the last day' },
  { value: 'week', label: 'Ended in the last week' },
];

export function RunsFilters({ state, setState, pending }: Props) {
  const data = useDatasetChoices(RunChoicesDocument);
  const experiments = useExperimentChoices();
  const narrowed = [
    { key: 'group', text: state.group && `group ${state.group.replace('sha256:', '').slice(0, 8)}` },
    { key: 'trainer', text: state.trainer && `trainer ${state.trainer}` },
    { key: 'tag', text: state.tag && `tag ${state.tag}` },
  ].filter((each) => each.text);
  return (
    <search className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <SearchInput label="Search label, note, tags or id" value={state.q} onChange={(q) => setState({ q })} className="w-full sm:w-48" />
      <StateFilter chosen={state.state} onChange={(next) => setState({ state: next })} />
      <MethodFilter value={state.method} onChange={(method) => setState({ method })} className="w-[8.25rem]" />
      <DatasetFilter
        datasets={data?.datasets ?? []}
        value={state.dataset}
        onChange={(dataset) => setState({ dataset })}
        className="w-[8.25rem]"
      />
      <ChoiceSelect
        label="Experiment"
        value={state.experiment}
        all="All experiments"
        options={experiments ?? []}
        onChange={(experiment) => setState({ experiment })}
        className="w-36"
      />
      <ChoiceSelect
        label="Ended"
        value={state.ended ?? ''}
        all="Ended at any time"
        options={endedOptions}
        onChange={(ended) => setState({ ended: (ended || null) as RunsState['ended'] })}
        className="w-[10.5rem]"
      />
      <Select
        aria-label="Order"
        value={state.sort}
        onChange={(event) => setState({ sort: event.target.value as RunsState['sort'] })}
        className="w-[10.5rem]"
      >
        {Object.entries(sorts).map(([sort, name]) => (
          <option key={sort} value={sort}>
            {name}
          </option>
        ))}
      </Select>
      <ArchivedFilter value={state.archived} onChange={(archived) => setState({ archived })} />
      {narrowed.map(({ key, text }) => (
        <button
          key={key}
          type="button"
          onClick={() => setState({ [key]: '' })}
          className="inline-flex h-8 items-center gap-1.5 rounded-[3px] bg-accent-soft px-2 text-[0.8125rem]"
          aria-label={`Only ${text}; remove`}
        >
          {text} <X aria-hidden className="size-3.5" />
        </button>
      ))}
    </search>
  );
}
