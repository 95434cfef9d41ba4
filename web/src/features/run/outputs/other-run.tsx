import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { NetworksOfRunDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { choicesOfRun, type NetworkChoice, runIdIn } from './network-choices.ts';

/** Adds the networks of any run to those that are compared and averaged: by its id, or a link to its page. */
export function OtherRun({ onFound }: { onFound: (choices: readonly NetworkChoice[]) => void }) {
  const client = useApolloClient();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);

  /** What is wrong; null if nothing is. */
  const add = async (): Promise<string | null> => {
    const id = runIdIn(text);
    if (id === null) return 'An id of a run begins with run_; a link to its page holds it, too.';
    const { data } = await client.query({ query: NetworksOfRunDocument, variables: { id } });
    if (!data?.run) return `There is no run ${id}.`;
    if (data.run.state !== 'SUCCEEDED') return `Run ${id} is ${data.run.state.toLowerCase()}: only one that has succeeded keeps outputs.`;
    onFound(choicesOfRun(data.run));
    setText('');
    return null;
  };

  return (
    <form
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setLoading(true);
        void add()
          .catch(errorMessage)
          .then((found) => {
            setProblem(found);
            setLoading(false);
          });
      }}
    >
      <Labelled small label="Networks of another run, by its id or link" className="min-w-0 grow sm:max-w-80">
        {(field) => (
          <Input
            {...field}
            value={text}
            placeholder="run_…"
            aria-invalid={problem !== null}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
      <Button type="submit" disabled={loading || text.trim() === ''}>
        Add
      </Button>
      <Refusal of={problem} className="w-full" />
    </form>
  );
}
