'use client';

import { useMutation } from '@apollo/client/react';
import { Plus } from 'lucide-react';
import { CreateTrainerTokenDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { basePath } from '@/lib/base-path.ts';
import { useEdits } from '@/lib/kept/use-edits.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Input } from '@/ui/input.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';

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
          <div className="mt-3 flex max-w-md gap-2">
            <Input
              aria-label="Name of the machine"
              value={name}
              onChange={(event) => edits.write('name', event.target.value)}
              placeholder="gpu-01"
              required
              maxLength={60}
            />
            <Button type="submit" busy={loading} disabled={name.trim() === ''}>
              <Plus aria-hidden className="size-3.5" /> Create a token
            </Button>
          </div>
          {error ? (
            <p role="alert" className="mt-2 text-xs text-danger">
              {errorMessage(error)}
            </p>
          ) : null}
        </form>
      ) : null}
      {token ? <JoinCommand token={token.token} onDone={() => reset()} /> : null}
    </section>
  );
}

function JoinCommand({ token, onDone }: { token: string; onDone: () => void }) {
  const install = 'npm ci';
  const join = `npm run trainer -- join --api ${location.origin}${basePath} --token ${token}`;
  return (
    <div role="status" className="pt-3">
      <p className="max-w-[68ch] text-muted">
        In the repository on that machine, run these two. The token is shown this once; only its hash is kept.
      </p>
      <pre className="mt-3 select-all overflow-x-auto bg-sunken px-3 py-2.5 font-mono text-xs leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">{`${install}\n${join}`}</pre>
      {location.hostname === 'localhost' || location.hostname.startsWith('127.') ? (
        <p className="mt-2 max-w-[68ch] text-xs text-muted">
          This page was opened as {location.hostname}, which another machine cannot reach: put the name or address of this one in its place,
          and let Studyhall listen on more than this machine.
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={`${install}\n${join}`} label="Copy both" />
        <Button small look="quiet" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
