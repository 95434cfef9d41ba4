import { useApolloClient } from '@apollo/client/react';
import { useId, useState } from 'react';
import { NetworksOfRunDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { choicesOfRun, type NetworkChoice, runIdIn } from './network-choices.ts';

/** Adds the networks of any run to those that are compared and averaged: by its id, or a link to its page. */
export function OtherRun({ onFound }: { onFound: (choices: readonly NetworkChoice[]) => void }) {
  const field = useId();
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
      <label htmlFor={field} className="min-w-0 grow text-xs text-muted sm:max-w-80">
        Networks of another run, by its id or link
        <Input
          id={field}
          className="mt-1 w-full"
          value={text}
          placeholder="run_…"
          aria-invalid={problem !== null}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button type="submit" disabled={loading || text.trim() === ''}>
        Add
      </Button>
      {problem ? (
        <p role="alert" className="w-full text-xs text-danger">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
