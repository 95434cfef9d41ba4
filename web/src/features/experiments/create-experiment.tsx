'use client';

import { useMutation } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { CreateExperimentDocument, ListedExperimentFragmentDoc } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { ExperimentFields } from './experiment-fields.tsx';

/** Asks for a title and a note, and goes to the experiment made. */
export function CreateExperiment() {
  const { canWrite } = useViewer();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [create, { loading, error }] = useMutation(CreateExperimentDocument);
  if (!canWrite) return null;
  const save = async (fields: { title: string; note: string }) => {
    const answer = await create({ variables: fields }).catch(() => null);
    const made = answer?.data && unmask(ListedExperimentFragmentDoc, answer.data.createExperiment);
    if (made) router.push(paths.experiment(made.slug));
    return made != null;
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden className="size-3.5" /> New experiment
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New experiment" description="A question, and a note on how it is to be answered.">
        <ExperimentFields
          title=""
          note=""
          place="new experiment"
          action="Create"
          busy={loading}
          error={error}
          onSave={save}
          onLeave={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
