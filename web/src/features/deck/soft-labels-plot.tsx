'use client';

import { meanMatrix } from '@studyhall/contract/statistics/mean-matrix.ts';
import { useDeferredValue, useState } from 'react';
import { DeckRunsChangedDocument, SoftLabelsDocument } from '@/generated/graphql.ts';
import { askAll } from '@/lib/api/ask-all.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { bySuperclass, inOrder } from '@/lib/classes/by-superclass.ts';
import { useLiveRead } from '@/lib/live/use-live-read.ts';
import { Select } from '@/ui/input.tsx';
import { Notice } from '@/ui/notice.tsx';
import { TemperatureSlider } from '@/ui/temperature-slider.tsx';
import { drawnMembers } from './drawn-members.ts';
import { memberName } from './metric.ts';
import { SoftLabelsMatrix } from './soft-labels-matrix.tsx';
import { useDeckChanges } from './use-deck-changes.ts';
import type { Group } from './use-system.ts';

/** Most networks whose outputs the API reads for one question. */
const mostNetworks = 40;

/** A network's mean soft label per true class, at a temperature the reader chooses. */
export function SoftLabelsPlot({ groups }: { groups: readonly Group[] }) {
  const choices = groups.flatMap((group) =>
    drawnMembers(group, []).flatMap((result) =>
      result.network === null || group.groupKey === null
        ? []
        : [
            {
              value: result.id,
              groupKey: group.groupKey,
              network: result.network,
              name: memberName(group, result),
              networks: group.results.filter(({ network }) => network !== null).length,
            },
          ],
    ),
  );
  const [asked, setAsked] = useState('');
  const [temperature, setTemperature] = useState(4);
  const settled = useDeferredValue(temperature);
  const chosen = choices.find(({ value }) => value === asked) ?? choices[0];
  const { groupKey, networks } = chosen ?? { groupKey: '', networks: 1 };
  const first = Math.max(1, Math.floor(mostNetworks / networks));
  const changes = useDeckChanges();
  // Of every seed, however many there are: what is shown is their mean.
  const { answer, last, error } = useLiveRead(
    (client) => askAll(client, SoftLabelsDocument, { groupKey, temperature: settled, first }, ({ runs }) => runs),
    `${groupKey} ${settled}`,
    DeckRunsChangedDocument,
    { ...changes(new Set([groupKey])), skip: !chosen },
  );
  if (!chosen) return null;
  const shown = (answer ?? last)?.flatMap((page) => page.runs.edges.map(({ node }) => node)) ?? [];
  const runs = shown.filter(({ counts }) => counts);
  const matrices = runs.flatMap((run) => {
    const labels = run.networks.find(({ index }) => index === chosen.network)?.softLabels;
    return labels ? [labels] : [];
  });
  const classes = runs[0]?.dataset.classes ?? [];
  const { order } = bySuperclass(classes);
  const mean = meanMatrix(matrices);
  const matrix = mean && inOrder(mean, order);
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
        <TemperatureSlider temperature={temperature} onChange={setTemperature} />
      </div>
      {error ? (
        <Notice className="mt-3" tone="danger" title="The soft labels could not be read">
          {errorMessage(error)}
        </Notice>
      ) : matrix ? (
        <SoftLabelsMatrix matrix={matrix} classes={order.map((index) => classes[index]?.name ?? String(index))} seeds={matrices.length} />
      ) : (
        <p className="mt-3 text-[0.8125rem] text-muted">
          {answer ? 'The outputs on validation are not stored for these runs.' : 'The soft labels are being read.'}
        </p>
      )}
    </section>
  );
}
