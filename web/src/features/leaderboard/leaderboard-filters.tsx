'use client';

import type { LeaderboardChoicesQuery } from '@/generated/graphql.ts';
import { splitWords } from '@/lib/format/measure.ts';
import { ChoiceSelect, namedOptions } from '@/ui/choice-select.tsx';
import { Checkbox } from '@/ui/input.tsx';
import { DatasetFilter, MethodFilter } from '@/ui/list-filters.tsx';
import { SearchInput } from '@/ui/search-input.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import { parseAsColumn } from './column.ts';
import type { LeaderboardState } from './search-state.ts';

type Props = {
  state: LeaderboardState;
  setState: (next: Partial<LeaderboardState>) => void;
  pending: boolean;
  choices: LeaderboardChoicesQuery | undefined;
  /** What stands below: a model that came up since the choices were read is one of them. */
  rows: readonly { models: readonly string[] }[];
};

const members = [
  { value: 'NETWORKS', label: 'Networks' },
  { value: 'ENSEMBLES', label: 'Ensembles' },
  { value: 'ALL', label: 'Both' },
] as const;

const splits = [
  { value: 'validation', label: 'Validation' },
  { value: 'test', label: 'Test' },
] as const;

export function LeaderboardFilters({ state, setState, pending, choices: data, rows }: Props) {
  const used = data?.models.filter((model) => model.runCount > 0).map(({ name }) => name) ?? [];
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
        options={namedOptions([...used, ...rows.flatMap(({ models }) => models)])}
        onChange={(model) => setState({ model })}
        className="w-32"
      />
      <Segmented label="Rows for" value={state.members} options={members} onChange={(next) => setState({ members: next })} />
      <Segmented label="Accuracy on" value={state.split} options={splits} onChange={(split) => setState({ split })} />
      <ChoiceSelect
        label="Further column"
        value={state.column ? parseAsColumn.serialize(state.column) : ''}
        all="No further column"
        options={columnOptions(data?.measures ?? [])}
        onChange={(column) => setState({ column: parseAsColumn.parse(column) })}
        className="w-44"
      />
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

/** Each measure of networks or cohorts on each of its splits. */
const columnOptions = (measures: LeaderboardChoicesQuery['measures']) =>
  measures
    .filter(({ scopes }) => scopes.includes('NETWORK') || scopes.includes('COHORT'))
    .flatMap(({ name, label, splits: on }) =>
      on.map((split) => ({
        value: parseAsColumn.serialize({ measure: name, split }),
        label: `${label}, ${splitWords(split)}`,
      })),
    );
