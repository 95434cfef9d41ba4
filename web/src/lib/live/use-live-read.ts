'use client';

import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useEffect, useRef, useState } from 'react';
import { useLive } from './use-live.ts';

type Changes<Change, Variables> = {
  variables: Variables;
  skip?: boolean;
  isStale: (change: Change) => boolean;
  pause?: number;
};

/** After so many milliseconds it is read without waiting any longer for the subscription to stand. */
const patience = 1500;

/**
 * What takes several requests, or is too much for the cache: read once the subscription stands, and again whenever that tells of a
 * change. `key` says what is read.
 *
 * @returns the answer for this key, or none yet; the last one for any key; and why there is none.
 */
export function useLiveRead<Answer, Change, Variables extends Record<string, unknown>>(
  ask: (client: ApolloClient) => Promise<Answer>,
  key: string,
  document: TypedDocumentNode<Change, Variables>,
  { isStale, ...changes }: Changes<Change, Variables>,
): { answer: Answer | undefined; last: Answer | undefined; error: unknown } {
  const client = useApolloClient();
  const [last, setLast] = useState<{ key: string; answer: Answer }>();
  const [failed, setFailed] = useState<{ key: string; error: unknown }>();
  const latest = useRef({ key, ask });
  latest.current = { key, ask };
  const asked = useRef<string>(undefined);
  const { skip = false } = changes;

  const read = async () => {
    const now = latest.current;
    asked.current = now.key;
    try {
      const answer = await now.ask(client);
      // Meanwhile another may be wanted.
      if (latest.current.key !== now.key) return;
      setLast({ key: now.key, answer });
      setFailed(undefined);
    } catch (error) {
      setFailed({ key: now.key, error });
      throw error;
    }
  };

  const readNow = useLive(document, {
    ...changes,
    onData: (change, again) => {
      if (isStale(change)) again();
    },
    read,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: readNow is the latest one
  useEffect(() => {
    if (skip) return;
    if (asked.current !== undefined) {
      if (asked.current !== key) readNow();
      return;
    }
    const timer = setTimeout(() => asked.current === undefined && readNow(), patience);
    return () => clearTimeout(timer);
  }, [key, skip]);

  return {
    answer: last?.key === key ? last.answer : undefined,
    last: last?.answer,
    error: failed?.key === key ? failed.error : undefined,
  };
}
