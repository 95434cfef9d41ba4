import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ChoiceSelect, namedOptions } from './choice-select.tsx';

/** Its options as `value: words`, the chosen one with a star. */
function optionsOf(value: string, names: readonly string[]): string[] {
  const html = renderToStaticMarkup(
    <ChoiceSelect label="Dataset" value={value} all="All datasets" options={namedOptions(names)} onChange={() => {}} />,
  );
  return [...html.matchAll(/<option value="([^"]*)"( selected="")?>([^<]*)</g)].map(
    ([, own, chosen, words]) => `${own}: ${words}${chosen ? ' *' : ''}`,
  );
}

describe('a filter by one of several values', () => {
  it('means all of them while nothing is chosen', () =>
    expect(optionsOf('', ['shapes-16'])).toEqual([': All datasets *', 'shapes-16: shapes-16']));

  it('offers each name once', () => expect(optionsOf('a', ['a', 'b', 'a'])).toEqual([': All datasets', 'a: a *', 'b: b']));

  it('keeps what an address names, also where nobody knows it', () =>
    expect(optionsOf('gone', ['a'])).toEqual([': All datasets', 'a: a', 'gone: gone *']));
});
