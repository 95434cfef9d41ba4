import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { RunLiveFragment, RunState } from '@/generated/graphql.ts';
import { ViewerProvider } from '@/lib/viewer.tsx';
import { RunActions } from './run-actions.tsx';

const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.empty() });

/** What can be pressed, in order; what is under way already with dots. */
function actions(state: RunState, { archived = false, cancelRequested = false, canWrite = true } = {}): string[] {
  const run = { id: 'run_1', label: 'Independent · cnn', seed: 1, state, archived, cancelRequested } as RunLiveFragment;
  const html = renderToStaticMarkup(
    <ApolloProvider client={client}>
      <ViewerProvider viewer={{ name: 'owner', canWrite, version: '1' }}>
        <RunActions run={run} />
      </ViewerProvider>
    </ApolloProvider>,
  );
  return [...html.matchAll(/<(?:button|a)([^>]*)>([^<]*)</g)].map(
    ([, attributes = '', words]) => `${words}${attributes.includes('aria-disabled="true"') ? ' …' : ''}`,
  );
}

describe('what can be done with a run', () => {
  it.each(['BLOCKED', 'QUEUED'] as const)('that waits, sooner or later: %s', (state) =>
    expect(actions(state)).toEqual(['Cancel', 'Clone', 'Sooner', 'Later']),
  );

  it('that runs', () => expect(actions('RUNNING')).toEqual(['Cancel', 'Clone']));

  it('that is being cancelled already', () => expect(actions('RUNNING', { cancelRequested: true })).toEqual(['Cancelling… …', 'Clone']));

  it.each(['FAILED', 'CANCELLED'] as const)('that did not succeed: %s', (state) =>
    expect(actions(state)).toEqual(['Retry', 'Archive', 'Clone']),
  );

  it('that has succeeded, archived or not', () => {
    expect(actions('SUCCEEDED')).toEqual(['Archive', 'Clone']);
    expect(actions('SUCCEEDED', { archived: true })).toEqual(['Take out of the archive', 'Clone']);
  });

  it('by somebody who may only read', () => expect(actions('FAILED', { canWrite: false })).toEqual(['Clone']));
});
