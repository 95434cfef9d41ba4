'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { ScheduledSeedsDocument } from '@/generated/graphql.ts';
import type { FormReading } from './read-form.ts';

const none: readonly number[] = [];

/** The seeds for which exactly the runs that the form describes are there already; asked for once the typing has paused. */
export function useScheduledSeeds({ spec, problems, contradictions }: FormReading): readonly number[] {
  const client = useApolloClient();
  const [found, setFound] = useState<{ asked: string; seeds: readonly number[] }>({ asked: '', seeds: none });
  const readable = contradictions.length === 0 && !problems.some(({ path }) => path.startsWith('spec'));
  const question = JSON.stringify(spec);
  useEffect(() => {
    if (!readable) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const answer = await client
        .query({
          query: ScheduledSeedsDocument,
          variables: { spec: JSON.parse(question) },
          fetchPolicy: 'no-cache',
          context: { fetchOptions: { signal: abort.signal } },
        })
        // Nothing is said then: a repetition does no harm.
        .catch(() => null);
      if (!abort.signal.aborted) setFound({ asked: question, seeds: answer?.data?.scheduledSeeds ?? none });
    }, 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, question, readable]);
  return readable && found.asked === question ? found.seeds : none;
}
