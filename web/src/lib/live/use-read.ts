'use client';

import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { liveStatus, onLiveStatus } from './live-status.ts';
import { refusalOf } from './refusal.ts';
import { retryPause } from './retry-pause.ts';
import { onUntold } from './untold.ts';

/** Milliseconds in which several changes are gathered. */
const pause = 300;

/**
 * Choices: read when the page opens, whenever it has been cut off from the API, and when an experiment has changed; datasets have their own way.
 * Tried again until they are answered, or refused for good.
 */
export function useRead<Answer>(ask: (client: ApolloClient) => Promise<Answer>): Answer | undefined {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<Answer>();
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    let reading = 0;
    const read = (failures: number) => {
      clearTimeout(timer);
      // An answer that was asked for before may come after.
      const mine = ++reading;
      const isLatest = () => !gone && mine === reading;
      latest.current(client).then(
        (next) => isLatest() && setAnswer(next),
        (error) => {
          if (isLatest() && !refusalOf(error)) timer = setTimeout(() => read(failures + 1), retryPause(failures));
        },
      );
    };
    read(0);
    let wasLost = false;
    const leave = onLiveStatus(() => {
      const { kind } = liveStatus();
      if (kind === 'lost') wasLost = true;
      if (kind !== 'live' || !wasLost) return;
      wasLost = false;
      read(0);
    });
    const leaveUntold = onUntold(() => {
      clearTimeout(timer);
      timer = setTimeout(() => read(0), pause);
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      leave();
      leaveUntold();
    };
  }, [client]);
  return answer;
}
