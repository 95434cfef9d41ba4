import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { SortDirection } from '@/generated/graphql.ts';
import type { BoardSort } from './search-state.ts';
import { SortHeader } from './sort-header.tsx';

/** What the heading says of the order, and what a press asks for. */
function heading(by: BoardSort, sort: BoardSort, direction: SortDirection) {
  const asked: string[] = [];
  const onSort = (next: BoardSort, to: SortDirection) => asked.push(`${next} ${to}`);
  const props = { by, sort, direction, onSort, className: '', children: 'Heading' };
  SortHeader(props).props.children.props.onClick();
  return { says: /aria-sort="(\w+)"/.exec(renderToStaticMarkup(<SortHeader {...props} />))?.[1], asked };
}

describe('a heading that sorts', () => {
  it('begins with the best, but names with A', () => {
    expect(heading('SEEDS', 'LABEL', 'ASC')).toEqual({ says: 'none', asked: ['SEEDS DESC'] });
    expect(heading('LABEL', 'SEEDS', 'DESC')).toEqual({ says: 'none', asked: ['LABEL ASC'] });
  });

  it('turns the order round when it is pressed again', () => {
    expect(heading('SEEDS', 'SEEDS', 'DESC')).toEqual({ says: 'descending', asked: ['SEEDS ASC'] });
    expect(heading('LABEL', 'LABEL', 'ASC')).toEqual({ says: 'ascending', asked: ['LABEL DESC'] });
  });
});
