'use client';

import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { MoveRunsDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { placeOf } from '@/lib/experiments/chosen-experiment.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { ExperimentCombobox } from '@/ui/experiment-combobox.tsx';
import { Refusal } from '@/ui/refusal.tsx';

/** Puts a run into an experiment, another one, or none. */
export function MoveRun({ id, experiment }: { id: string; experiment: { id: string } | null }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [move, { loading, error, data }] = useMutation(MoveRunsDocument);
  const value = chosen ?? experiment?.id ?? '';
  const submit = async () => {
    const answer = await move({ variables: { ids: [id], ...placeOf(value) } }).catch(() => null);
    if (answer?.data?.moveRuns.done) setOpen(false);
  };
  const refusal = error ? errorMessage(error) : data?.moveRuns.outcomes[0]?.refusal;
  return (
    <>
      <Button
        onClick={() => {
          setChosen(null);
          setOpen(true);
        }}
      >
        {experiment ? 'Into another experiment' : 'Into an experiment'}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="The experiment that this run answers" description="A run is in one at most.">
        <form
          // Room for the list of experiments.
          className="flex min-h-72 flex-col justify-between gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div>
            <ExperimentCombobox label="Experiment" value={value} onChange={setChosen} className="w-full" />
            <Refusal of={refusal} className="mt-1" />
          </div>
          <div className="flex justify-end">
            <Button type="submit" look="primary" busy={loading} disabled={value === (experiment?.id ?? '')}>
              {value === '' ? 'Take it out' : 'Put it in'}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
