'use client';

import { useQuery } from '@apollo/client/react';
import type { UseQueryStatesReturn } from 'nuqs';
import { LeaderboardChoicesDocument, type Method } from '@/generated/graphql.ts';
import { methodNames } from '@/lib/methods.ts';
import { Checkbox, Select } from '@/ui/input.tsx';
import { SearchInput } from '@/ui/search-input.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import type { LeaderboardState, leaderboardParsers } from './search-state.ts';

type Props = { state: LeaderboardState; setState: UseQueryStatesReturn<typeof leaderboardParsers>[1]; pending: boolean };

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
  const { data } = useQuery(LeaderboardChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const datasets = [...new Set(data?.datasets.map((dataset) => dataset.name) ?? [])];
  const models = data?.models.filter((model) => model.runCount > 0) ?? [];
  return (
    <search className="flex flex-wrap items-center gap-2" aria-busy={pending}>
      <SearchInput
        label="Search label, tags, model or experiment"
        value={state.q}
        onChange={(q) => setState({ q })}
        className="w-full sm:w-60"
      />
      <Select aria-label="Dataset" value={state.dataset} onChange={(event) => setState({ dataset: event.target.value })} className="w-36">
        <option value="">All datasets</option>
        {withCurrent(datasets, state.dataset).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select
        aria-label="Method"
        value={state.method ?? ''}
        onChange={(event) => setState({ method: (event.target.value || null) as Method | null })}
        className="w-36"
      >
        <option value="">All methods</option>
        {Object.entries(methodNames).map(([method, { name }]) => (
          <option key={method} value={method}>
            {name}
          </option>
        ))}
      </Select>
      <Select aria-label="Model" value={state.model} onChange={(event) => setState({ model: event.target.value })} className="w-32">
        <option value="">All models</option>
        {withCurrent(
          models.map((model) => model.name),
          state.model,
        ).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Segmented label="Rows for" value={state.members} options={members} onChange={(next) => setState({ members: next })} />
      <Segmented label="Accuracy on" value={state.split} options={splits} onChange={(split) => setState({ split })} />
      <Checkbox
        className="px-1 text-muted"
        checked={state.seeds > 1}
        onChange={(event) => setState({ seeds: event.target.checked ? 2 : 0 })}
      >
        Several seeds only
      </Checkbox>
    </search>
  );
}

/** The choices, with the one in the address even where the API does not (yet) know it. */
function withCurrent(names: string[], current: string): string[] {
  return current && !names.includes(current) ? [...names, current] : names;
}
