import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { NetworksOfRunDocument, type NetworksOfRunQuery } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Input } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { runIdIn } from './run-id-in.ts';

export type FoundRun = NonNullable<NetworksOfRunQuery['run']>;

type Props = {
  /** The dataset that its networks have to be of. */
  dataset: { id: string; name: string };
  onFound: (run: FoundRun) => void;
};

/** Adds the networks of any run on a dataset to those that can be chosen: by its id, or a link to its page. It may stand within a form. */
export function OtherRun({ dataset, onFound }: Props) {
  const client = useApolloClient();
  const [text, setText] = useState('');
  const [said, setSaid] = useState<{ problem: boolean; text: string } | null>(null);
  const [loading, setLoading] = useState(false);

  /** The run that is named, or what is wrong with it. */
  const find = async (): Promise<FoundRun | string> => {
    const id = runIdIn(text);
    if (id === null) return 'An id of a run begins with run_; a link to its page holds it, too.';
    const { data } = await client.query({ query: NetworksOfRunDocument, variables: { id }, fetchPolicy: 'no-cache' });
    const run = data?.run;
    if (!run) return `There is no run ${id}.`;
    if (run.state !== 'SUCCEEDED') return `Run ${id} is ${run.state.toLowerCase()}: only one that has succeeded has networks to choose.`;
    if (run.dataset.id === dataset.id) return run;
    const on = run.dataset.name === dataset.name ? `other bytes of ${dataset.name}` : run.dataset.name;
    return `Run ${id} is on ${on}: its networks have seen other samples than those of this run.`;
  };
  const add = async () => {
    if (loading || text.trim() === '') return;
    setLoading(true);
    const found = await find().catch(errorMessage);
    setLoading(false);
    if (typeof found === 'string') return setSaid({ problem: true, text: found });
    onFound(found);
    setText('');
    setSaid({ problem: false, text: `The networks of ${found.label}, seed ${found.seed}, can be chosen now.` });
  };

  return (
    <div>
      <Labelled small label="Networks of another run, by its id or link">
        {(field) => (
          <div className="flex flex-wrap gap-2">
            <Input
              {...field}
              className="grow basis-40 sm:max-w-80"
              value={text}
              placeholder="run_…"
              aria-invalid={said?.problem ?? false}
              onChange={(event) => {
                setText(event.target.value);
                setSaid(null);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                void add();
              }}
            />
            <Button disabled={loading || text.trim() === ''} onClick={() => void add()}>
              Add
            </Button>
          </div>
        )}
      </Labelled>
      {said ? (
        <p role={said.problem ? 'alert' : 'status'} className={`mt-1 text-xs ${said.problem ? 'text-danger' : 'text-muted'}`}>
          {said.text}
        </p>
      ) : null}
    </div>
  );
}
