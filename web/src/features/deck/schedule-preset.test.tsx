import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { DeckPresetStateFragment } from '@/generated/graphql.ts';
import { ViewerProvider } from '@/lib/viewer.tsx';
import { SchedulePreset } from './schedule-preset.tsx';

const counts = { total: 0, blocked: 0, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };
const client = new ApolloClient({ link: ApolloLink.empty(), cache: new InMemoryCache() });

/** The button's words and whether it can be pressed, and all that is said. */
function shown(preset: Partial<DeckPresetStateFragment>, canWrite = true) {
  const whole = { runCount: 6, counts, problem: null, ...preset } as DeckPresetStateFragment;
  const html = renderToStaticMarkup(
    <ApolloProvider client={client}>
      <ViewerProvider viewer={{ name: null, canWrite, version: '' }}>
        <SchedulePreset slug="mutual" preset={whole} groups={[]} onScheduled={async () => undefined} />
      </ViewerProvider>
    </ApolloProvider>,
  );
  const [, attributes = '', words = null] = /<button([^>]*)>([^<]*)</.exec(html) ?? [];
  return { button: words, disabled: attributes.includes(' disabled=""'), html: html.replaceAll('<!-- -->', '') };
}

describe('scheduling a preset', () => {
  it('offers what is missing, and says what is there already', () => {
    expect(shown({})).toMatchObject({ button: 'Schedule 6 runs', disabled: false });
    const one = shown({ counts: { ...counts, succeeded: 4, running: 1 } });
    expect(one.button).toBe('Schedule 1 run');
    expect(one.html).toContain('5 of them are there already');
  });

  it('offers nothing once all are there', () => {
    const all = shown({ counts: { ...counts, succeeded: 6 } });
    expect(all.button).toBeNull();
    expect(all.html).toContain('All of them are there.');
  });

  it('is for those who may write, and for presets that can run here; either reason is said', () => {
    expect(shown({}, false)).toMatchObject({ disabled: true, html: expect.stringContaining('You are reading') });
    const impossible = shown({ problem: 'No trainer has announced the dataset.' });
    expect(impossible).toMatchObject({ disabled: true, html: expect.stringContaining('No trainer has announced the dataset.') });
  });
});
