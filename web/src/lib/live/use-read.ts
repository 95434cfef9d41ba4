'use client';

import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { Asking } from './asking.ts';
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
    let failures = 0;
    const again = (error: unknown) => {
      clearTimeout(timer);
      if (!gone && !refusalOf(error)) timer = setTimeout(read, retryPause(failures++));
    };
    const asking = new Asking(
      async () => {
        const next = await latest.current(client);
        failures = 0;
        if (!gone) setAnswer(next);
      },
      pause,
      again,
    );
    const read = () => {
      clearTimeout(timer);
      asking.now().catch(again);
    };
    read();
    let wasLost = false;
    const leave = onLiveStatus(() => {
      const { kind } = liveStatus();
      if (kind === 'lost') wasLost = true;
      if (kind !== 'live' || !wasLost) return;
      wasLost = false;
      failures = 0;
      read();
    });
    const leaveUntold = onUntold(() => asking.soon());
    return () => {
      gone = true;
      clearTimeout(timer);
      asking.stop();
      leave();
      leaveUntold();
    };
  }, [client]);
  return answer;
}
