'use client';

import { skipToken, useQuery } from '@apollo/client/react';
import { useDeferredValue, useId, useState } from 'react';
import { SoftLabelsDocument } from '@/generated/graphql.ts';
import { countingRuns } from '@/lib/runs/counting-run.ts';
import { Select } from '@/ui/input.tsx';
import { drawnMembers } from './drawn-members.ts';
import { meanMatrix } from './mean-matrix.ts';
import { memberName } from './metric.ts';
import { SoftLabelsMatrix } from './soft-labels-matrix.tsx';
import type { Group } from './use-system.ts';

/** Temperatures by the slider's steps: doublings from 1 to 32, halves between. */
const temperatures = [1, 1.4, 2, 2.8, 4, 5.7, 8, 11, 16, 20, 32];

/** A network's mean soft label per true class, at a temperature the reader chooses. */
export function SoftLabelsPlot({ groups }: { groups: readonly Group[] }) {
  const id = useId();
  const choices = groups.flatMap((group) =>
    drawnMembers(group, []).flatMap((result) =>
      result.network === null || group.groupKey === null
        ? []
        : [{ value: result.id, groupKey: group.groupKey, network: result.network, name: memberName(group, result) }],
    ),
  );
  const [asked, setAsked] = useState('');
  const [step, setStep] = useState(temperatures.indexOf(4));
  const temperature = temperatures[step] ?? 4;
  const settled = useDeferredValue(temperature);
  const chosen = choices.find(({ value }) => value === asked) ?? choices[0];
  const { data, previousData } = useQuery(
    SoftLabelsDocument,
    chosen ? { variables: { groupKey: chosen.groupKey, temperature: settled } } : skipToken,
  );
  if (!chosen) return null;
  const runs = countingRuns((data ?? previousData)?.runs.edges.map(({ node }) => node) ?? []);
  const matrices = runs.flatMap((run) => {
    const labels = run.networks.find(({ index }) => index === chosen.network)?.softLabels;
    return labels ? [labels] : [];
  });
  const matrix = meanMatrix(matrices);
  return (
    <section aria-label="Plot" className="mt-8">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h3 className="font-semibold">Mean soft label of each class</h3>
        <Select
          aria-label="Whose soft labels"
          value={chosen.value}
          onChange={(event) => setAsked(event.target.value)}
          className="max-w-full"
        >
          {choices.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        <span className="flex items-center gap-3 text-[0.8125rem]">
          <label htmlFor={id}>Temperature</label>
          <input
            id={id}
            type="range"
            min="0"
            max={temperatures.length - 1}
            value={step}
            aria-valuetext={`T = ${temperature}`}
            onChange={(event) => setStep(Number(event.target.value))}
            className="w-36 accent-[var(--accent)]"
          />
          <output htmlFor={id} className="w-14">
            T = {temperature}
          </output>
        </span>
      </div>
      {matrix ? (
        <SoftLabelsMatrix matrix={matrix} classes={runs[0]?.dataset.classes.map(({ name }) => name) ?? []} seeds={matrices.length} />
      ) : (
        <p className="mt-3 text-[0.8125rem] text-muted">
          {data ? 'The outputs on validation are not stored for these runs.' : 'The soft labels are being read.'}
        </p>
      )}
    </section>
  );
}
