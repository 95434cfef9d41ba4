'use client';

import { useSubscription } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { DeckRunsChangedDocument } from '@/generated/graphql.ts';

type Options = {
  /** Only runs of these groups are of interest; absent: all. */
  groups?: ReadonlySet<string>;
  /** A run came up or changed its state: counts and results may be others. */
  onState?: () => void;
  /** A run has committed epochs. */
  onEpochs?: () => void;
};

const pause = { state: 400, epochs: 1500 };

/** Hears of runs. Their progress goes into the cache by itself; several changes within moments are told once. */
export function useDeckChanges(options: Options): void {
  const latest = useRef(options);
  latest.current = options;
  const seen = useRef(new Map<string, { state: string; epochs: number }>());
  const timers = useRef<{ state?: ReturnType<typeof setTimeout>; epochs?: ReturnType<typeof setTimeout> }>({});
  useEffect(
    () => () => {
      clearTimeout(timers.current.state);
      clearTimeout(timers.current.epochs);
      timers.current = {};
    },
    [],
  );
  const tell = (what: 'state' | 'epochs') => {
    timers.current[what] ??= setTimeout(() => {
      delete timers.current[what];
      if (what === 'state') latest.current.onState?.();
      else latest.current.onEpochs?.();
    }, pause[what]);
  };
  useSubscription(DeckRunsChangedDocument, {
    ignoreResults: true,
    onData: ({ data: message }) => {
      const run = message.data?.runsChanged;
      const { groups } = latest.current;
      if (!run || (groups && !groups.has(run.groupKey))) return;
      const before = seen.current.get(run.id);
      seen.current.set(run.id, { state: run.state, epochs: run.epochsDone });
      if (before?.state !== run.state) tell('state');
      if (before?.epochs !== run.epochsDone) tell('epochs');
    },
  });
}
