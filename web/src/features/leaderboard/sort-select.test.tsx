import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SortSelect } from './sort-select.tsx';

const html = (props: Partial<Parameters<typeof SortSelect>[0]> = {}) =>
  renderToStaticMarkup(<SortSelect sort="VALIDATION_GAIN" direction="DESC" split="validation" onSort={() => {}} {...props} />);
const options = (text: string) => [...text.matchAll(/<option[^>]*>([^<]*)</g)].map(([, name]) => name);

describe('the order of the board on a phone', () => {
  it('offers what the headings of a wide one offer', () => {
    expect(options(html())).toEqual(['By validation accuracy', 'By gain (validation)', 'By seeds', 'By parameters', 'By name']);
    expect(options(html({ split: 'test', column: 'Entropy' }))).toEqual([
      'By test accuracy',
      'By gain (validation)',
      'By seeds',
      'By parameters',
      'By name',
      'By Entropy',
    ]);
  });

  it('shows the order there is, be it by the split that is not in sight, and can turn it round', () => {
    expect(html()).toMatch(/<option value="VALIDATION_GAIN" selected="">/);
    expect(options(html({ split: 'test', sort: 'VALIDATION_ACCURACY' }))[0]).toBe('By validation accuracy');
    expect(html({ direction: 'ASC' })).toContain('Smallest first; turn round');
  });
});
