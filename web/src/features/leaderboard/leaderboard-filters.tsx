'use client';

import { LeaderboardChoicesDocument } from '@/generated/graphql.ts';
import { useRead } from '@/lib/live/use-read.ts';
import { ChoiceSelect, namedOptions } from '@/ui/choice-select.tsx';
import { Checkbox } from '@/ui/input.tsx';
import { DatasetFilter, MethodFilter } from '@/ui/list-filters.tsx';
import { SearchInput } from '@/ui/search-input.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import type { LeaderboardState } from './search-state.ts';

type Props = { state: LeaderboardState; setState: (next: Partial<LeaderboardState>) => void; pending: boolean };

const members = [
  { value: 'NETWORKS', label: 'Networks' },
  { value: 'ENSEMBLES', label: 'Ensembles' },
  { value: 'ALL', label: 'Both' },
] as const;

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

export function LeaderboardFilters({ state, setState, pending }: Props) {
  const data = useRead(async (client) => (await client.query({ query: LeaderboardChoicesDocument, fetchPolicy: 'network-only' })).data);
  const models = data?.models.filter((model) => model.runCount > 0) ?? [];
  return (
    <search className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <SearchInput
        label="Search label, tags, model or experiment"
        value={state.q}
        onChange={(q) => setState({ q })}
        className="w-full sm:w-60"
      />
      <DatasetFilter datasets={data?.datasets ?? []} value={state.dataset} onChange={(dataset) => setState({ dataset })} className="w-36" />
      <MethodFilter value={state.method} onChange={(method) => setState({ method })} className="w-36" />
      <ChoiceSelect
        label="Model"
        value={state.model}
        all="All models"
        options={namedOptions(models.map(({ name }) => name))}
        onChange={(model) => setState({ model })}
        className="w-32"
      />
      <Segmented label="Rows for" value={state.members} options={members} onChange={(next) => setState({ members: next })} />
      <Segmented label="Accuracy on" value={state.split} options={splits} onChange={(split) => setState({ split })} />
      <Checkbox
        className="px-1 text-muted"
        checked={state.seeds > 1}
        onChange={(event) => setState({ seeds: event.target.checked ? 2 : 0 })}
      >
        {state.seeds > 2 ? `${state.seeds} seeds and more` : 'Several seeds only'}
      </Checkbox>
    </search>
  );
}
