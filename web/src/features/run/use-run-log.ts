'use client';

import { useSuspenseQuery } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { LogWrittenDocument, RunLogDocument, type RunLogQuery } from '@/generated/graphql.ts';
import { follow } from '@/lib/api/follow.ts';

export type LogLine = NonNullable<RunLogQuery['run']>['log'][number];

/** Lines beyond this many are let go, oldest first, so that a talkative run does not fill the browser. */
const mostLines = 2000;

/** A run's log: its last lines, then each as it is written. */
export function useRunLog(id: string): readonly LogLine[] {
  const { data } = useSuspenseQuery(RunLogDocument, { variables: { id } });
  const [lines, setLines] = useState<readonly LogLine[]>(data.run?.log ?? []);
  const last = useRef(lines.at(-1)?.seq ?? 0);
  useEffect(
    () =>
      follow(
        LogWrittenDocument,
        () => ({ id, after: last.current }),
        ({ runLog }) => {
          const fresh = runLog.filter((line) => line.seq > last.current);
          if (fresh.length === 0) return;
          last.current = fresh.at(-1)?.seq ?? last.current;
          setLines((before) => [...before, ...fresh].slice(-mostLines));
        },
      ),
    [id],
  );
  return lines;
}
