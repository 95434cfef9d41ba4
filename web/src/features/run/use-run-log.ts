'use client';

import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useSuspenseQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { LogWrittenDocument, RunLogAfterDocument, RunLogDocument, type RunLogQuery } from '@/generated/graphql.ts';
import { useLive } from '@/lib/live/use-live.ts';

export type LogLine = NonNullable<RunLogQuery['run']>['log'][number];

/** Lines beyond this many are let go, oldest first, so that a talkative run does not fill the browser; unless all were asked for. */
const mostLines = 2000;

/** A run's log: its last lines, then each as it is written; how many came before these, and a way to have them, too. */
export function useRunLog(id: string) {
  const client = useApolloClient();
  const { data } = useSuspenseQuery(RunLogDocument, { variables: { id } });
  const [lines, setLines] = useState<readonly LogLine[]>(data.run?.log ?? []);
  const last = useRef(lines.at(-1)?.seq ?? 0);
  const whole = useRef(false);
  useLive(LogWrittenDocument, {
    key: id,
    variables: () => ({ id, after: last.current }),
    onData: ({ runLog }) => {
      const fresh = runLog.filter((line) => line.seq > last.current);
      if (fresh.length === 0) return;
      last.current = fresh.at(-1)?.seq ?? last.current;
      setLines((before) => [...before, ...fresh].slice(whole.current ? 0 : -mostLines));
    },
    cached: false,
  });
  return {
    lines,
    /** Lines are numbered from 1 on. */
    earlier: (lines[0]?.seq ?? 1) - 1,
    showAll: async () => {
      const first = lines[0]?.seq ?? 1;
      const before = await linesBefore(client, id, first);
      whole.current = true;
      setLines((shown) => [...before, ...shown.filter((line) => line.seq >= first)]);
    },
  };
}

/** The API gives some thousand lines at once. */
async function linesBefore(client: ApolloClient, id: string, seq: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (;;) {
    const after = lines.at(-1)?.seq ?? 0;
    const { data } = await client.query({ query: RunLogAfterDocument, variables: { id, after }, fetchPolicy: 'no-cache' });
    const page = data?.run?.log ?? [];
    lines.push(...page);
    if (page.length === 0 || (page.at(-1)?.seq ?? seq) >= seq - 1) return lines.filter((line) => line.seq < seq);
  }
}
