'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { ReferenceNetworksDocument } from '@/generated/graphql.ts';
import { OtherRun } from '@/ui/other-run/other-run.tsx';
import { SelectField } from '@/ui/select-field.tsx';
import { eachOnce, optionsOfRun, type ReferenceOption, referenceOptions } from './reference-options.ts';

export type AskedRun = { id: string; seed: number; groupKey: string; dataset: { id: string; name: string } };

type Props = { run: AskedRun; chosen: ReferenceOption | null; onChoose: (option: ReferenceOption | null) => void };

/** The network that a run's are held against: of its independent twin, a teacher, or any other run that is named. */
export function ReferenceChoice({ run, chosen, onChoose }: Props) {
  const [others, setOthers] = useState<readonly ReferenceOption[]>([]);
  const { data, loading } = useQuery(ReferenceNetworksDocument, {
    variables: { run: run.id, group: run.groupKey },
    fetchPolicy: 'cache-and-network',
  });
  const options = eachOnce([...(data ? referenceOptions(data, run.seed) : []), ...others]);
  const keyOf = ({ runId, network }: ReferenceOption) => `${runId} ${network}`;
  const nothing = loading && !data ? 'Looking for its twin…' : options.length > 0 ? 'Choose' : 'No twin or teacher: add a run';
  return (
    <>
      <SelectField
        label="Reference"
        value={chosen ? keyOf(chosen) : ''}
        options={[{ value: '', label: nothing }, ...options.map((option) => ({ value: keyOf(option), label: option.name }))]}
        onChange={(key) => onChoose(options.find((option) => keyOf(option) === key) ?? null)}
      />
      <OtherRun
        dataset={run.dataset}
        onFound={(found) => {
          const added = optionsOfRun(found);
          setOthers([...others, ...added]);
          onChoose(added[0] ?? null);
        }}
      />
    </>
  );
}
