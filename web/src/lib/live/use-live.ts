'use client';

import { useApolloClient } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { useEffect, useRef } from 'react';
import { useViewer } from '../viewer.tsx';
import { Asking } from './asking.ts';
import { KeptOpen } from './keep-open.ts';
import { joinPage } from './live-status.ts';
import { follow, onSocket } from './socket.ts';
import { onUntold } from './untold.ts';

type Options<Data, Variables> = {
  /** Or a function, asked each time the subscription is sent, so that it goes on from a cursor; `key` then says when it is another one. */
  variables: Variables | (() => Variables);
  key?: string;
  skip?: boolean;
  /** `read` asks for what the page shows anew, within moments. */
  onData?: (data: Data, read: () => void) => void;
  /** Asks for what the page shows. Absent where the subscription begins with all there is: then nothing need be asked after a gap. */
  read?: () => Promise<unknown>;
  /** Milliseconds in which wishes to read are gathered. */
  pause?: number;
  /** Whether the entities that arrive go into the cache, as they do unless this says no. */
  cached?: boolean;
  /** Whether it is read anew, too, after changes that no subscription about runs tells of, as all that is read is unless this says no. */
  untold?: boolean;
};

/**
 * The one way in which a page is live: follows a subscription for as long as the page shows what it is about, whatever happens to
 * sockets, API and Postgres meanwhile, reads anew what may have been missed, and says in the page's status whether it is live.
 *
 * @returns a way to read at once, which is tried again if it fails.
 */
export function useLive<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  options: Options<Data, Variables>,
): () => void {
  const client = useApolloClient();
  // Another visitor may be refused what the one before was shown, and the other way round.
  const { name } = useViewer();
  const latest = useRef(options);
  latest.current = options;
  const { variables, skip = false, pause = 300, untold = true, key = JSON.stringify(variables) } = options;
  const reads = options.read !== undefined;
  const readNow = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for the variables, name for who asks
  useEffect(() => {
    if (skip) return;
    const { cache } = client;
    const query = cache.transformDocument(document);
    const current = () => {
      const { variables } = latest.current;
      return typeof variables === 'function' ? variables() : variables;
    };
    const page = joinPage();
    const write = (data: Data) =>
      cache.write({ dataId: 'ROOT_SUBSCRIPTION', query, result: data as Record<string, unknown>, variables: current() });
    /** What was told while an answer was on its way: that one may be older, and has come later. What is newer still will be told. */
    let overtaking: Data[] = [];
    const asking = new Asking(
      async () => {
        overtaking = [];
        await latest.current.read?.();
        for (const data of overtaking) write(data);
      },
      pause,
      (error) => kept.missed(error),
    );
    const kept: KeptOpen<Data> = new KeptOpen({
      open: (sink) => follow<Data>(print(query), current, sink),
      onData: (data) => {
        const { cached = true, onData } = latest.current;
        if (cached) {
          write(data);
          if (asking.isUnderWay) overtaking.push(data);
        }
        onData?.(data, () => asking.soon());
      },
      onState: (state) => {
        page.become(state);
        // What it is about may be gone, or no longer for this visitor: the page then says so.
        if (state.kind === 'refused') asking.now().catch(() => {});
      },
      catchUp: reads ? () => asking.now() : undefined,
    });
    readNow.current = () => void asking.now().catch((error) => kept.missed(error));
    const leaveSocket = onSocket({ lost: () => kept.socketLost(), back: () => kept.socketBack() });
    const leaveUntold = reads && untold ? onUntold(() => asking.soon()) : () => {};
    return () => {
      leaveUntold();
      leaveSocket();
      asking.stop();
      kept.stop();
      page.leave();
      readNow.current = () => {};
    };
  }, [client, document, key, skip, reads, untold, pause, name]);
  return () => readNow.current();
}
