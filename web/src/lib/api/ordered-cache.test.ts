import { readFileSync } from 'node:fs';
import { gql } from '@apollo/client';
import { buildSchema, type FieldNode, getOperationAST, type SelectionSetNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as documents from '@/generated/graphql.ts';
import { makeCache } from './make-cache.ts';

const query = gql`
  query ($n: Int) {
    run(id: "r") { id revision state networks { id } log(last: $n) { text } experiment { id title } }
  }
`;
const short = gql`
  query {
    runs { id revision state note }
  }
`;
const live = gql`
  subscription {
    runChanged(id: "r") { id revision state }
  }
`;

const run = { __typename: 'Run', id: 'r' };
const answer = (revision: number, state: string, title = 'Before') => ({
  run: {
    ...run,
    revision,
    state,
    networks: [{ __typename: 'Network', id: 'n' }],
    log: [{ __typename: 'LogLine', text: state }],
    experiment: { __typename: 'Experiment', id: 'e', title },
  },
});

/** What was told of it to whoever watches, and a way to bring further answers in. */
function watched() {
  const cache = makeCache();
  const variables = { n: 1 };
  cache.writeQuery({ query, variables, data: answer(4, 'CANCELLED') });
  const told: unknown[] = [];
  cache.watch<ReturnType<typeof answer>>({ query, variables, optimistic: true, callback: ({ result }) => told.push(result?.run?.state) });
  return { cache, variables, told, read: () => cache.readQuery({ query, variables }) };
}

describe('a run that is known', () => {
  it('is not told of as it was before by a message that was overtaken, not for a moment', () => {
    const { cache, told, read } = watched();
    cache.write({ dataId: 'ROOT_SUBSCRIPTION', query: live, result: { runChanged: { ...run, revision: 3, state: 'QUEUED' } } });
    expect(read()).toEqual(answer(4, 'CANCELLED'));
    expect(told).not.toContain('QUEUED');
    cache.write({ dataId: 'ROOT_SUBSCRIPTION', query: live, result: { runChanged: { ...run, revision: 5, state: 'QUEUED' } } });
    expect(read()).toMatchObject({ run: { revision: 5, state: 'QUEUED' } });
    expect(told.at(-1)).toBe('QUEUED');
  });

  it('stays as it is in an older answer, whatever else that brings', () => {
    const { cache, variables, read } = watched();
    cache.writeQuery({ query, variables, data: answer(3, 'RUNNING', 'After') });
    const { experiment, ...others } = answer(4, 'CANCELLED').run;
    expect(read()).toEqual({ run: { ...others, experiment: { ...experiment, title: 'After' } } });
    const runs = [
      { ...run, revision: 2, state: 'RUNNING', note: 'new to it' },
      { ...run, id: 'other', revision: 0, state: 'RUNNING', note: '' },
    ];
    cache.writeQuery({ query: short, data: { runs } });
    expect(cache.readQuery({ query: short })).toEqual({ runs: [{ ...runs[0], revision: 4, state: 'CANCELLED' }, runs[1]] });
  });

  it('may be at an earlier revision after the socket was lost: the API may have come back with another past', () => {
    const { cache, variables, read } = watched();
    cache.forgetOrder();
    cache.writeQuery({ query, variables, data: answer(2, 'QUEUED') });
    expect(read()).toEqual(answer(2, 'QUEUED'));
    cache.writeQuery({ query, variables, data: answer(1, 'BLOCKED') });
    expect(read()).toEqual(answer(2, 'QUEUED'));
  });

  it('changes by an answer of the same revision', () => {
    const { cache, variables, read } = watched();
    cache.writeQuery({ query, variables, data: answer(4, 'FAILED') });
    expect(read()).toEqual(answer(4, 'FAILED'));
  });
});

it('whatever asks for the state of a run asks for its revision', () => {
  const types = new TypeInfo(buildSchema(readFileSync(new URL('../../../../contract/schema.graphql', import.meta.url), 'utf8')));
  const asking = { withRevision: [] as string[], without: [] as string[] };
  for (const document of Object.values(documents)) {
    const operation = typeof document === 'object' && 'kind' in document ? getOperationAST(document) : null;
    if (!operation) continue;
    const fragments = new Map(
      document.definitions.flatMap((part) => (part.kind === 'FragmentDefinition' ? [[part.name.value, part]] : [])),
    );
    const fieldsOf = (set: SelectionSetNode): string[] =>
      set.selections.flatMap((selection) => {
        if (selection.kind === 'Field') return [selection.name.value];
        const { selectionSet } = selection.kind === 'InlineFragment' ? selection : (fragments.get(selection.name.value) ?? {});
        return selectionSet ? fieldsOf(selectionSet) : [];
      });
    const SelectionSet = (set: SelectionSetNode, _key: unknown, parent: unknown) => {
      const field = parent as Partial<FieldNode>;
      if (types.getParentType()?.name !== 'Run' || field.kind !== 'Field') return;
      const fields = fieldsOf(set);
      if (fields.includes('state'))
        asking[fields.includes('revision') ? 'withRevision' : 'without'].push(`${operation.name?.value}: ${field.name?.value}`);
    };
    visit(document, visitWithTypeInfo(types, { SelectionSet }));
  }
  expect(asking.without).toEqual([]);
  expect(asking.withRevision).toEqual(
    expect.arrayContaining(['Run: run', 'RunChanged: runChanged', 'RunsChanged: runsChanged', 'CancelRun: cancelRuns']),
  );
});
