import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { shownTags, TagsInput } from './tags-input.tsx';

describe('a field for tags', () => {
  it('shows each tag by itself, spaces within it included, with a way to remove it', () => {
    const html = renderToStaticMarkup(<TagsInput aria-label="Tags" value="my tag, other" onChange={() => {}} />);
    expect([...html.matchAll(/aria-label="Remove the tag ([^"]*)"/g)].map(([, tag]) => tag)).toEqual(['my tag', 'other']);
    expect(html).toMatch(/<input[^>]* value=""/);
  });

  it('holds the one that is being written apart from those that are complete', () => {
    expect(shownTags('my tag, ot', 'ot')).toEqual({ complete: ['my tag'], typed: 'ot' });
    expect(shownTags('my ', 'my ')).toEqual({ complete: [], typed: 'my ' });
    // The same word again: it may become a longer one.
    expect(shownTags('a, b, a', 'a')).toEqual({ complete: ['a', 'b'], typed: 'a' });
  });

  it('takes what is set from elsewhere for complete', () => {
    expect(shownTags('my tag, other', '')).toEqual({ complete: ['my tag', 'other'], typed: '' });
    expect(shownTags('theirs', 'mine')).toEqual({ complete: ['theirs'], typed: '' });
    expect(shownTags('', 'mine')).toEqual({ complete: [], typed: '' });
  });
});
