import { getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../schema/index.ts';
import { checkCost, maxCost } from './cost.ts';
import { checkIntrospection } from './introspection.ts';

const schema = buildSchema();

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  return checkCost(schema, document, operation, variables);
}

describe('what an operation costs', () => {
  it('is 1 for a field and 100 for a statement, for each item of a page', () => {
    expect(costOf('{ __typename }')).toBe(1);
    expect(costOf('{ viewer { name } }')).toBe(1 + 100 + 1);
    // The page itself, its edges, and of each of 20: the edge's node and two fields.
    expect(costOf('{ runs(first: 20) { edges { node { id label } } } }')).toBe(1 + 100 + 20 * (1 + 1 + 2));
    expect(costOf('query ($n: Int) { runs(first: $n) { edges { node { id label } } } }', { n: 20 })).toBe(1 + 100 + 20 * 4);
    const byDefault = 'query ($n: Int = 200) { runs(first: $n) { edges { node { id label } } } }';
    expect(costOf(byDefault)).toBe(1 + 100 + 200 * 4);
    expect(costOf(byDefault, { n: 20 })).toBe(1 + 100 + 20 * 4);
  });

  it('is that of the leaderboard five times over', () => {
    expect(costOf('{ leaderboard(first: 1) { totalCount } }')).toBe(1 + 500 + 1);
  });

  it('is that of the logits that are read', () => {
    const network = (field: string) => costOf(`{ node(id: "net_1") { ... on Network { ${field} } } }`) - (1 + 100);
    expect(network('calibration { ece }')).toBe(1 + 500 + 1);
    expect(network('calibration { bins { count } }')).toBe(1 + 500 + (1 + 15));
    expect(network('confusion')).toBe(1 + 500 + 500);
    expect(costOf('{ comparison(a: "net_1", b: "net_2") { agreement } }')).toBe(1 + 1000 + 1);
    // Three of the largest ensembles are let in together, ten are not.
    const ensembles = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `e${i}: ensemble(networks: []) { accuracy }`).join(' ')} }`;
    expect(costOf(ensembles(3))).toBe(3 * (1 + 8000 + 1));
    expect(() => costOf(ensembles(10))).toThrow(/would cost/);
  });

  it('is that of a log’s lines by how many are asked for', () => {
    const log = (args: string) => costOf(`{ run(id: "run_1") { log${args} { text } } }`);
    expect(log('(last: 10)')).toBe(1 + 100 + (1 + 100) + 10);
    expect(log('')).toBe(1 + 100 + (1 + 100) + 2000);
    expect(log('(last: 100000)')).toBe(log(''));
  });

  it('is not all that counts for mutations: 50 a document', () => {
    const mutations = (count: number) => `mutation { ${Array.from({ length: count }, (_, i) => `a${i}: __typename`).join(' ')} }`;
    expect(costOf(mutations(50))).toBe(50);
    expect(() => costOf(mutations(51))).toThrow('50 mutations');
    expect(() => costOf(`mutation { ...F } fragment F on Mutation ${mutations(51).slice(9)}`)).toThrow('50 mutations');
  });

  it('leaves room for every tool’s introspection, once', () => {
    const all = getIntrospectionQuery({
      schemaDescription: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
    });
    expect(costOf(all)).toBeLessThan(maxCost / 2);
    expect(checkIntrospection(parse(all))).toBe(true);
    expect(() => checkIntrospection(parse('{ a: __schema { types { name } } b: __schema { types { name } } }'))).toThrow(
      '1 time(s); this one does 2',
    );
    expect(() => costOf(`{ __schema { types { ${Array.from({ length: 300 }, (_, i) => `f${i}: fields { name }`).join(' ')} } } }`)).toThrow(
      /would cost/,
    );
  });
});
