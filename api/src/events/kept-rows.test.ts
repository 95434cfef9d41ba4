import { readFileSync } from 'node:fs';
import { getOperationAST, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { keptFields } from '../leaderboard/kept-fields.ts';
import { buildSchema } from '../schema/index.ts';
import { findRows } from './kept-rows.ts';

const schema = buildSchema();
const page = ['leaderboard-changed', 'row-fields']
  .map((file) => readFileSync(new URL(`../../../web/src/features/leaderboard/${file}.graphql`, import.meta.url), 'utf8'))
  .join('\n');

function find(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const fragmentOf = (name: string) =>
    document.definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name) as never;
  return findRows({ schema, operation, fragmentOf, variables });
}
const board = (selections: string, args = '') => find(`subscription { leaderboardChanged${args} { ${selections} } }`);

describe('rows of an answer that may be kept', () => {
  it('are those of the page itself, whatever is sorted and filtered by; not the same ones with another column', () => {
    const found = find(page, { filter: {}, measure: null, withColumn: false });
    expect(found).toMatchObject({ field: 'leaderboardChanged', edges: 'edges' });
    expect(found?.edge).toEqual([
      { name: 'cursor', of: 'cursor' },
      { name: 'node', of: 'node' },
    ]);
    expect(find(page, { filter: { search: 'x' }, measure: null, withColumn: false })?.question).toBe(found?.question);
    expect(find(page, { filter: {}, measure: 'entropy', withColumn: true })?.question).not.toBe(found?.question);
  });

  it('may be asked of a query, too, with a column or without; not with what changes by itself, unless that is left out', () => {
    const query = ['leaderboard', 'row-fields']
      .map((file) => readFileSync(new URL(`../../../web/src/features/leaderboard/${file}.graphql`, import.meta.url), 'utf8'))
      .join('\n');
    const found = find(query, { withColumn: false });
    expect(found).toMatchObject({ field: 'leaderboard', edges: 'edges' });
    const column = find(query, { withColumn: true, measure: 'entropy' });
    expect(column).toMatchObject({ field: 'leaderboard', edges: 'edges' });
    expect(column?.question).not.toBe(found?.question);
    expect(find('{ leaderboard { edges { node { label } } } again: leaderboard { edges { node { n } } } }')).toBeUndefined();
    expect(find('{ leaderboard { edges { node { label runs @skip(if: true) { id } } } } }')).toBeDefined();
    const runs = 'query ($runs: Boolean! = false) { leaderboard { edges { node { label runs @include(if: $runs) { id } } } } }';
    expect(find(runs, { runs: false })).toBeDefined();
    expect(find(runs, { runs: true })).toBeUndefined();
    // With its default it is left out, but that is not known here.
    expect(find(runs)).toBeUndefined();
  });

  it('by whatever names they are asked for', () => {
    const found = find('subscription { b: leaderboardChanged { n: totalCount all: edges { row: node { __typename ... { label } } } } }');
    expect(found).toMatchObject({ field: 'b', edges: 'all', edge: [{ name: 'row', of: 'node' }] });
  });

  it.each([
    ['something that changes by itself', 'edges { node { label runs { note } } }'],
    ['something of their dataset or experiment that does', 'edges { node { experiment { counts { total } } } }'],
    ['them twice', 'edges { node { label } } more: edges { node { n } }'],
    ['an edge that may be left out', 'edges @skip(if: false) { node { label } }'],
    ['a fragment around them', '... { edges { node { label } } }'],
    ['nothing but cursors', 'edges { cursor }'],
    ['none of them', 'totalCount'],
  ])('not if the document asks for %s', (_what, selections) => {
    expect(board(selections)).toBeUndefined();
  });

  it('not of subscriptions that do not say what they keep', () => {
    expect(find('subscription { trainersChanged { id } }')).toBeUndefined();
  });
});

it('the fields that are kept are there', () => {
  for (const [type, fields] of Object.entries(keptFields)) {
    const found = schema.getType(type) as { getFields(): Record<string, unknown> } | undefined;
    expect([type, ...fields.filter((field) => !found?.getFields()[field])]).toEqual([type]);
  }
});
