import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RunLogDocument } from '@/generated/graphql.ts';
import { ViewerProvider } from '@/lib/viewer.tsx';
import { RunLog } from './run-log.tsx';

/** The log as it opens, of lines `seq attempt text`. */
function log(lines: readonly [seq: number, attempt: number, text: string][], running = false) {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.empty() });
  const at = '2026-11-28T12:00:00.000Z';
  const written = lines.map(([seq, attempt, text]) => ({ seq, attempt, at, level: 'INFO' as const, text }));
  client.writeQuery({ query: RunLogDocument, variables: { id: 'run_1' }, data: { run: { id: 'run_1', log: written } } });
  const html = renderToStaticMarkup(
    <ApolloProvider client={client}>
      <ViewerProvider viewer={{ name: null, canWrite: false, version: '' }}>
        <RunLog id="run_1" running={running} />
      </ViewerProvider>
    </ApolloProvider>,
  );
  return { html, text: html.replace(/<[^>]+>/g, '|') };
}

describe('the log of a run', () => {
  it('can be scrolled by the keyboard', () => expect(log([]).html).toMatch(/role="log"[^>]* tabindex="0"|tabindex="0"[^>]* role="log"/i));

  it('says where a new attempt begins', () => {
    const { text } = log([
      [1, 1, 'first'],
      [2, 1, 'second'],
      [3, 2, 'third'],
    ]);
    expect(text.match(/attempt \d|first|second|third/g)).toEqual(['attempt 1', 'first', 'second', 'attempt 2', 'third']);
  });

  it('counts the lines before those in sight, and offers them', () => {
    expect(log([[41, 1, 'late']]).text).toMatch(/40 earlier lines\|*Show/);
    expect(log([[1, 1, 'first']]).text).not.toContain('earlier');
  });

  it('without lines says whether one may be waited for', () => {
    expect(log([], true).text).toContain('Nothing written yet.');
    expect(log([]).text).toContain('No lines.');
  });
});
