'use client';

import { useMutation } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { CreateTrainerTokenDocument } from '@/generated/graphql.ts';
import { useEdits } from '@/lib/kept/use-edits.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { TrainerToken } from '@/ui/trainer-token.tsx';

const noName = { name: '' };

/** Makes a token for another machine and shows the command that joins it, once. */
export function AddMachine() {
  const isAdmin = useViewer().role === 'ADMIN';
  const edits = useEdits('name of a machine', noName);
  const { name } = edits.texts;
  const [create, { data, loading, error, reset }] = useMutation(CreateTrainerTokenDocument);
  const token = data?.createToken;
  return (
    <section aria-labelledby="add" className="mt-10 max-w-3xl">
      <SectionTitle id="add">Add a machine</SectionTitle>
      {isAdmin ? null : <p className="pt-3 text-muted">Only admins let machines in.</p>}
      {isAdmin && !token ? (
        <form
          className="pt-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (loading || name.trim() === '') return;
            create({ variables: { name: name.trim() } })
              .then(() => edits.write('name', ''))
              .catch(() => {});
          }}
        >
          <p className="max-w-[68ch] text-muted">
            Any machine with Node 20 or newer and a copy of this repository can train. It gets a token of its own, which trains and does
            nothing else.
          </p>
          <div className="mt-3 flex max-w-md items-end gap-2">
            <Labelled small label="Name of the machine" className="grow">
              {(field) => (
                <Input
                  {...field}
                  value={name}
                  onChange={(event) => edits.write('name', event.target.value)}
                  placeholder="gpu-01"
                  required
                  maxLength={60}
                />
              )}
            </Labelled>
            <Button type="submit" busy={loading} disabled={name.trim() === ''}>
              <Plus aria-hidden className="size-3.5" /> Create a token
            </Button>
          </div>
          <Refusal of={error} className="mt-2" />
        </form>
      ) : null}
      {token ? <TrainerToken {...token} onDone={() => reset()} /> : null}
    </section>
  );
}
