'use client';

import { useId, useState } from 'react';
import { type RunLiveFragment, RunOutputsDocument } from '@/generated/graphql.ts';
import { bySuperclass } from '@/lib/classes/by-superclass.ts';
import { Button } from '@/ui/button.tsx';
import { OtherRun } from '@/ui/other-run/other-run.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import type { RunFacts } from '../use-run.ts';
import { CalibrationFigures } from './calibration-figures.tsx';
import { ClassFigures } from './class-figures.tsx';
import { EnsembleFigures } from './ensemble-figures.tsx';
import { choicesOf, choicesOfRun, type NetworkChoice, siblingChoices } from './network-choices.ts';
import { PairFigures } from './pair-figures.tsx';
import { Unanswered } from './unanswered.tsx';
import { useAnswer } from './use-answer.ts';

export type OutputSplit = 'VALIDATION' | 'TEST';

/** What the networks said of each sample: read and computed once somebody opens it. */
export function RunOutputs({ facts, live }: { facts: RunFacts; live: RunLiveFragment }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const stored = new Set<string>(live.artifacts.map(({ kind }) => kind));
  if (!stored.has('VALIDATION_LOGITS') && !stored.has('TEST_LOGITS')) return null;
  return (
    <section aria-labelledby="outputs">
      <SectionTitle
        id="outputs"
        aside={
          <Button small aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
            {open ? 'Close' : 'Open'}
          </Button>
        }
      >
        Outputs
      </SectionTitle>
      <div id={id}>
        {open ? (
          <Opened facts={facts} live={live} validated={stored.has('VALIDATION_LOGITS')} />
        ) : (
          <p className="pt-2 text-[0.8125rem] text-muted">
            Calibration, confusion, agreement and ensembles, from what the networks said of each sample.
          </p>
        )}
      </div>
    </section>
  );
}

function Opened({ facts, live, validated }: { facts: RunFacts; live: RunLiveFragment; validated: boolean }) {
  const [split, setSplit] = useState<OutputSplit>(validated ? 'VALIDATION' : 'TEST');
  const { data, error, loading, again } = useAnswer(RunOutputsDocument, { id: facts.id, split });
  const [others, setOthers] = useState<readonly NetworkChoice[]>([]);
  const run = data?.run;
  if (!run) return <Unanswered error={error} loading={loading} again={again} nothing="There is no such run any more." />;
  const named = choicesOf(live.networks, run);
  const own = named.filter((choice) => choice.own);
  const siblings = siblingChoices(facts.siblings, live.seed);
  const compared = eachOnce([...named, ...siblings, ...others]);
  const order = bySuperclass(run.dataset.classes);
  return (
    <div className="space-y-8 pt-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {validated ? (
          <Segmented
            label="Split"
            value={split}
            options={[
              { value: 'VALIDATION', label: 'Validation' },
              { value: 'TEST', label: 'Test' },
            ]}
            onChange={setSplit}
          />
        ) : null}
        <p className="text-xs text-muted">
          {split === 'TEST'
            ? 'The test split is a report: nothing is to be chosen by it.'
            : 'Choose by validation; the test split is a report.'}
        </p>
      </div>
      {error ? <Unanswered error={error} loading={loading} again={again} nothing="" /> : null}
      <CalibrationFigures runId={facts.id} networks={own} answers={run.networks} split={split} />
      <ClassFigures networks={own} classes={run.dataset.classes} order={order} split={split} />
      <OtherRun dataset={facts.dataset} onFound={(found) => setOthers([...others, ...choicesOfRun(found)])} />
      {compared.length > 1 ? <PairFigures choices={compared} classes={run.dataset.classes} order={order} split={split} /> : null}
      <EnsembleFigures choices={compared} split={split} />
    </div>
  );
}

const eachOnce = (choices: readonly NetworkChoice[]) => [...new Map(choices.map((choice) => [choice.id, choice])).values()];
