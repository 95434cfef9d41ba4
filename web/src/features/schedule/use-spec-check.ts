'use client';

import { useApolloClient } from '@apollo/client/react';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { useEffect, useState } from 'react';
import { CheckSpecDocument } from '@/generated/graphql.ts';
import { atFormPath, type FormReading } from './read-form.ts';

type Check = { asked: string; problems: Problem[]; failed: boolean };

/** Asks the API, once the typing has paused, what it would refuse; not before the form can be read at all. */
export function useSpecCheck(reading: FormReading): { problems: Problem[]; state: 'checking' | 'checked' | 'failed' | 'unread' } {
  const client = useApolloClient();
  const [check, setCheck] = useState<Check>({ asked: '', problems: [], failed: false });
  const readable = reading.problems.length === 0;
  const question = JSON.stringify({ spec: reading.spec, seeds: reading.seeds });
  useEffect(() => {
    if (!readable) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const variables = JSON.parse(question) as { spec: unknown; seeds: number[] };
      const answer = await client
        .query({ query: CheckSpecDocument, variables, fetchPolicy: 'no-cache', context: { fetchOptions: { signal: abort.signal } } })
        .catch(() => null);
      if (!abort.signal.aborted)
        setCheck({ asked: question, problems: (answer?.data?.checkSpec ?? []).map(atFormPath), failed: answer === null });
    }, 250);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, question, readable]);
  if (!readable) return { problems: [], state: 'unread' };
  return { problems: check.problems, state: check.asked !== question ? 'checking' : check.failed ? 'failed' : 'checked' };
}
