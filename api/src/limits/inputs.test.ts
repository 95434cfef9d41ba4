import { rangeOf } from '@studyhall/contract/settings/read-range.ts';
import { type GraphQLInputType, getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../schema/index.ts';
import { type Bounds, checkArguments } from './inputs.ts';

const schema = buildSchema();
const mutation = (name: string) => schema.getMutationType()?.getFields()[name]?.args ?? [];
const check = (name: string, values: Record<string, unknown>) => () => checkArguments(mutation(name), values);

describe('what mutations take', () => {
  it('has bounds for every number, in the contract', () => {
    const unbounded: string[] = [];
    const seen = new Set<string>();
    const visit = (path: string, type: GraphQLInputType) => {
      const named = getNamedType(type);
      if (!isInputObjectType(named) || seen.has(named.name)) return;
      seen.add(named.name);
      for (const field of Object.values(named.getFields())) {
        // A rule checks all of it.
        if ((field.extensions.bounds as Bounds | undefined)?.own) continue;
        const range = rangeOf(field);
        const number = ['Int', 'Float'].includes(getNamedType(field.type).name);
        if (number && (range?.max === undefined || (range.min === undefined && range.above === undefined)))
          unbounded.push(`${path}.${field.name}`);
        visit(`${path}.${field.name}`, field.type);
      }
    };
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
      for (const arg of field.args) visit(`${field.name}.${arg.name}`, arg.type);
    expect(unbounded).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  });

  it('is refused beyond them, with its path', () => {
    const lease = { jobId: 'job_1', attempt: 1 };
    const progress = { phase: 'cohort', epoch: 1, epochs: 1, step: 1, steps: 1 };
    expect(check('renewLease', { input: { lease, progress } })).not.toThrow();
    expect(check('renewLease', { input: { lease, progress: { ...progress, loss: 1e39 } } })).toThrow('input.progress.loss is 1e+39');
    expect(check('renewLease', { input: { lease, progress: { ...progress, step: -1 } } })).toThrow(
      'input.progress.step is -1; it has to be at least 0',
    );
    expect(check('renewLease', { input: { lease: { ...lease, jobId: 'x'.repeat(2000) } } })).toThrow('2,000 characters; at most 1,000');
    expect(check('deleteRuns', { ids: Array.from({ length: 10_001 }, () => 'run_1') })).toThrow('10,001 entries; at most 10,000');
  });

  it('holds no text that Postgres cannot store, in JSON neither', () => {
    expect(check('createExperiment', { title: 'a\u0000b' })).toThrow('title holds the character U+0000');
    expect(check('createExperiment', { title: 'a\ud800b' })).toThrow('half a surrogate pair');
    expect(check('createExperiment', { title: '💥' })).not.toThrow();
    const commit = (fingerprint: unknown) =>
      check('commitEpochs', { input: { lease: { jobId: 'job_1', attempt: 1 }, epochs: [], fingerprint } });
    expect(commit({ engine: '💥', path: 'C:\\u0000' })).not.toThrow();
    expect(commit({ engine: '\u0000' })).toThrow('input.fingerprint holds U+0000');
    expect(commit({ '\ud800': 1 })).toThrow('input.fingerprint holds U+0000 or half');
    expect(commit({ engine: 'x'.repeat(16_000) })).toThrow('at most 16,000');
  });

  it('is cut by its rule where it may come from a process that is dying', () => {
    expect(
      check('failJob', { input: { lease: { jobId: 'job_1', attempt: 1 }, error: `\u0000\ud800${'x'.repeat(200_000)}` } }),
    ).not.toThrow();
  });

  it('is left to a rule that names every fault, where one does', () => {
    const named = getNamedType(mutation('scheduleRuns')[0]?.type);
    if (!isInputObjectType(named)) throw new Error('scheduleRuns takes no input.');
    const own = Object.values(named.getFields()).filter(({ extensions }) => (extensions.bounds as Bounds | undefined)?.own);
    expect(own.map(({ name }) => name)).toEqual(['spec', 'seeds', 'execution', 'questions']);
  });
});
