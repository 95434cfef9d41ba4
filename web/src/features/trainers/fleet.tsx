'use client';

import { unmask } from '@/generated/fragment-masking.ts';
import { FleetTrainerFragmentDoc, TrainersChangedDocument, TrainersDocument } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { Notice } from '@/ui/notice.tsx';
import { AddMachine } from './add-machine.tsx';
import { TrainerLine } from './trainer-line.tsx';

/** All trainers, live: those at work first. */
export function Fleet() {
  const { data } = useLiveQuery(TrainersDocument, {}, TrainersChangedDocument, () => ({
    variables: {},
    whole: ({ trainersChanged }) => ({ trainers: trainersChanged }),
  }));
  const rank = { ONLINE: 0, STOPPING: 1, OFFLINE: 2 } as const;
  const trainers = data.trainers
    .map((trainer) => unmask(FleetTrainerFragmentDoc, trainer))
    .toSorted((one, other) => rank[one.state] - rank[other.state] || one.name.localeCompare(other.name));

  return (
    <>
      {trainers.length === 0 ? (
        <Notice title="No trainer has joined yet" className="mt-2">
          Runs wait in the queue until one does. <code className="font-mono text-xs">npm start</code> brings one along; add another machine
          below.
        </Notice>
      ) : (
        <ul className="border-t border-line-strong">
          {trainers.map((trainer) => (
            <TrainerLine key={trainer.id} trainer={trainer} />
          ))}
        </ul>
      )}
      <AddMachine />
    </>
  );
}
