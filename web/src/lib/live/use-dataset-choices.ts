'use client';

import type { ApolloClient } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useRef } from 'react';
import { DatasetsAnnouncedDocument } from '@/generated/graphql.ts';
import { bringsOthers, type Choices } from './brings-others.ts';
import { useLiveRead } from './use-live-read.ts';

/** Choices with the datasets among them: read when the page opens, and again when a trainer brings a dataset that is not among them. */
export function useDatasetChoices<Answer extends Choices>(query: TypedDocumentNode<Answer, Record<string, never>>): Answer | undefined {
  const heard = useRef<readonly Choices[]>([]);
  const latest = useRef<Answer | undefined>(undefined);
  const ask = async (client: ApolloClient) => (await client.query({ query, fetchPolicy: 'network-only' })).data as Answer | undefined;
  const { last } = useLiveRead(
    async (client) => {
      const answer = await ask(client);
      // What was told while an answer was on its way may be newer than that.
      return answer && bringsOthers(heard.current, answer) ? ask(client) : answer;
    },
    'choices',
    DatasetsAnnouncedDocument,
    {
      variables: {},
      isStale: ({ trainersChanged }) => {
        heard.current = trainersChanged;
        return latest.current !== undefined && bringsOthers(trainersChanged, latest.current);
      },
    },
  );
  latest.current = last;
  return last;
}
