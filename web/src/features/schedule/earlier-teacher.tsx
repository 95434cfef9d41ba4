'use client';

import { useController, useWatch } from 'react-hook-form';
import { CandidatesChangedDocument, TeacherCandidatesDocument, type TeacherCandidatesQuery } from '@/generated/graphql.ts';
import { askAll, longestPage } from '@/lib/api/ask-all.ts';
import { percent } from '@/lib/format/number.ts';
import { useLiveRead } from '@/lib/live/use-live-read.ts';
import { useNews } from '@/lib/live/use-news.ts';
import { Select } from '@/ui/input.tsx';
import { useProblems, useScheduleForm } from './form-context.tsx';
import { fieldId, textIds } from './form-place.ts';
import { ProblemText } from './problem-text.tsx';
import { SettingGroup } from './setting-group.tsx';

type Candidate = TeacherCandidatesQuery['runs']['edges'][number]['node'];

/** One network of one earlier run on the same dataset. */
export function RunTeacher({ path }: { path: string }) {
  const runs = useCandidates();
  return (
    <EarlierTeacher
      path={path}
      field="runId"
      network={{ path: `${path}.network`, of: (id) => runs.find((run) => run.id === id) }}
      choices={runs.map((run) => ({
        value: run.id,
        label: `${run.label} · seed ${run.seed}${run.state === 'SUCCEEDED' ? '' : ` · ${run.state.toLowerCase()}`}`,
      }))}
      empty="No run on this dataset has a network to teach yet."
    />
  );
}

/** The run of a group that has the student's seed. */
export function GroupTeacher({ path }: { path: string }) {
  const runs = useCandidates();
  const groups = new Map<string, { first: Candidate; seeds: number[] }>();
  for (const run of runs) {
    const group = groups.get(run.groupKey) ?? { first: run, seeds: [] };
    if (!group.seeds.includes(run.seed)) group.seeds.push(run.seed);
    groups.set(run.groupKey, group);
  }
  return (
    <EarlierTeacher
      path={path}
      field="groupKey"
      network={{ path: `${path}.network`, of: (key) => groups.get(key)?.first }}
      choices={[...groups].map(([key, { first, seeds }]) => ({
        value: key,
        label: `${first.label} · seeds ${seeds.toSorted((one, other) => one - other).join(', ')}`,
      }))}
      empty="No group on this dataset has a network to teach yet."
    />
  );
}

function useCandidates(): Candidate[] {
  const dataset: unknown = useWatch({ name: 'spec.dataset' });
  const name = typeof dataset === 'string' ? dataset : '';
  const isNews = useNews();
  const { answer } = useLiveRead(
    (client) => askAll(client, TeacherCandidatesDocument, { dataset: name, first: longestPage }, ({ runs }) => runs),
    name,
    CandidatesChangedDocument,
    { variables: { dataset: name }, skip: name === '', isStale: ({ runsChanged: { id, state } }) => isNews(id, state) },
  );
  return answer?.flatMap((page) => page.runs.edges.map((edge) => edge.node)) ?? [];
}

type Props = {
  path: string;
  field: 'runId' | 'groupKey';
  choices: { value: string; label: string }[];
  network: { path: string; of: (value: string) => Candidate | undefined };
  empty: string;
};

function EarlierTeacher({ path, field, choices, network, empty }: Props) {
  const { readOnly } = useScheduleForm();
  const here = `${path}.${field}`;
  const { field: input } = useController({ name: here });
  const { field: index } = useController({ name: network.path });
  const problems = useProblems(here);
  const networkProblems = useProblems(network.path);
  const value = typeof input.value === 'string' ? input.value : '';
  const networks = network.of(value)?.networks ?? [];
  return (
    <div className="py-2">
      <div className="flex flex-wrap gap-2">
        <Select
          id={fieldId(here)}
          ref={input.ref}
          aria-label={field === 'runId' ? 'The run that teaches' : 'The group that teaches'}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={textIds(here).problem}
          disabled={readOnly}
          value={value}
          onBlur={input.onBlur}
          onChange={input.onChange}
          className="min-w-0 grow basis-48"
        >
          <option value="">{choices.length ? 'Choose' : 'None there yet'}</option>
          {value && !choices.some((choice) => choice.value === value) ? <option value={value}>{value}</option> : null}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </Select>
        <Select
          id={fieldId(network.path)}
          aria-label="Which of its networks"
          aria-invalid={networkProblems.length > 0 || undefined}
          aria-describedby={textIds(network.path).problem}
          ref={index.ref}
          disabled={readOnly}
          value={String(index.value ?? '0')}
          onBlur={index.onBlur}
          onChange={index.onChange}
          className="grow basis-40 sm:max-w-52"
        >
          {networks.length === 0 ? <option value={String(index.value ?? '0')}>network {String(index.value ?? '0')}</option> : null}
          {networks.map((each) => (
            <option key={each.id} value={each.index}>
              network {each.index} · {each.model.name}
              {each.result?.validationAccuracy == null ? '' : ` · ${percent(each.result.validationAccuracy, 1)} %`}
            </option>
          ))}
        </Select>
      </div>
      {choices.length === 0 ? (
        <p className="mt-1 text-xs text-muted">{empty} Schedule one first, or train a teacher within the run.</p>
      ) : null}
      <ProblemText id={textIds(here).problem} problems={problems} />
      <ProblemText id={textIds(network.path).problem} problems={networkProblems} />
      <SettingGroup type={field === 'runId' ? 'RunTeacherInput' : 'GroupTeacherInput'} path={path} without={[field, 'network']} />
    </div>
  );
}
