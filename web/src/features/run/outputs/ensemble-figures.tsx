import { useState } from 'react';
import { NetworksEnsembleDocument } from '@/generated/graphql.ts';
import { percent } from '@/lib/format/number.ts';
import { Checkbox } from '@/ui/input.tsx';
import type { NetworkChoice } from './network-choices.ts';
import { Unanswered } from './unanswered.tsx';
import { useAnswer } from './use-answer.ts';

/** Most networks that the API averages. */
const mostMembers = 32;

/** The accuracy of the mean of the probabilities of any networks of this run and of the group's other seeds. */
export function EnsembleFigures({ choices, split }: { choices: readonly NetworkChoice[]; split: 'VALIDATION' | 'TEST' }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(choices.filter(({ own, teacher }) => own && !teacher).map(({ id }) => id)),
  );
  const networks = choices.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const asked = networks.length > 1 && networks.length <= mostMembers ? { networks, split } : null;
  const { data, error, loading, again } = useAnswer(NetworksEnsembleDocument, asked);
  if (choices.length < 2) return null;
  const found = asked && !error ? data?.ensemble : undefined;
  const alone = found?.members.map(({ accuracy }) => accuracy) ?? [];
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <section aria-labelledby="ensemble-of">
      <h3 id="ensemble-of" className="text-[0.8125rem] font-semibold">
        Ensemble of any networks
      </h3>
      <div className="flex max-h-44 flex-wrap gap-x-5 overflow-y-auto py-1">
        {choices.map(({ id, name }) => (
          <Checkbox key={id} checked={chosen.has(id)} onChange={() => toggle(id)}>
            {name}
          </Checkbox>
        ))}
      </div>
      {found ? (
        <p className="text-[0.8125rem]">
          The mean of the probabilities of {alone.length} networks is right on <strong>{percent(found.accuracy)} %</strong>, with an ECE of{' '}
          {percent(found.calibration.ece)} %; alone they are on {percent(Math.min(...alone))} to {percent(Math.max(...alone))} %.
        </p>
      ) : asked ? (
        <Unanswered error={error} loading={loading} again={again} nothing="" />
      ) : (
        <p className="text-[0.8125rem] text-muted">
          {networks.length > mostMembers ? `At most ${mostMembers} networks can be averaged.` : 'Choose two networks or more.'}
        </p>
      )}
    </section>
  );
}
