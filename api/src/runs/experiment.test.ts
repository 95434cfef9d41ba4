import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { createExperiment } from './experiment.ts';

describe('experiments', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  const create =
    'mutation ($title: String!, $slug: String) { createExperiment(title: $title, slug: $slug) { id slug title createdBy archived } }';
  type Created = { createExperiment: { id: string; slug: string } };
  const make = async (variables: object) => (await suite.api.get<Created>(create, variables, suite.api.key)).createExperiment;

  it('get a slug from their title, or the one that was asked for if it is free', async () => {
    expect(await make({ title: ' Über KD: wann hilft’s? ' })).toMatchObject({
      slug: 'uber-kd-wann-hilft-s',
      createdBy: 'owner',
      archived: false,
    });
    expect((await make({ title: 'Twice' })).slug).toBe('twice');
    expect((await make({ title: 'Twice' })).slug).toBe('twice-2');
    expect(await make({ title: 'Third', slug: 'my-own' })).toMatchObject({ slug: 'my-own' });
    const refused = async (variables: object) => (await suite.api.refusal(create, variables, suite.api.key)).message;
    expect(await refused({ title: 'Again', slug: 'my-own' })).toMatch(/There is an experiment "my-own" already/);
    expect(await refused({ title: 'Bad', slug: 'My Own' })).toMatch(/lower-case letters and digits/);
    expect(await refused({ title: '  ' })).toMatch(/1 to 200 characters/);
  });

  it('are found by id, slug, text and page, newest first; archived ones apart', async () => {
    const { id } = await make({ title: 'To be archived' });
    const update =
      'mutation ($id: ID!, $archived: Boolean, $note: String) { updateExperiment(id: $id, archived: $archived, note: $note) { note archived } }';
    expect(await suite.api.get(update, { id, archived: true, note: 'Done.' }, suite.api.key)).toEqual({
      updateExperiment: { note: 'Done.', archived: true },
    });
    expect(await suite.api.get('query ($id: ID!) { node(id: $id) { id ... on Experiment { title } } }', { id })).toEqual({
      node: { id, title: 'To be archived' },
    });
    type List = { experiments: { totalCount: number; pageInfo: { endCursor: string }; edges: { node: { slug: string } }[] } };
    const list = async (args: string) =>
      (await suite.api.get<List>(`{ experiments${args} { totalCount pageInfo { endCursor } edges { node { slug } } } }`)).experiments;
    const slugs = ({ edges }: List['experiments']) => edges.map(({ node }) => node.slug);
    expect(slugs(await list('(archived: true)'))).toEqual(['to-be-archived']);
    expect(slugs(await list('(search: "TWICE")'))).toEqual(['twice-2', 'twice']);
    const first = await list('(first: 2)');
    expect(slugs(first)).toEqual(['my-own', 'twice-2']);
    expect(slugs(await list(`(first: 2, after: "${first.pageInfo.endCursor}")`))).toEqual(['twice', 'uber-kd-wann-hilft-s']);
    expect(slugs(await list('(last: 1)'))).toEqual(['uber-kd-wann-hilft-s']);
  });

  it('and runs have texts that two may write: the second is told, also of two at once, and replaces nothing unseen', async () => {
    await TestTrainer.join(rules.house);
    const { id } = await make({ title: 'Ours' });
    const [runId] = await schedule(rules.house, smallSpec, [7]);
    const write =
      'mutation ($id: ID!, $title: String, $note: String, $before: ExperimentTexts) { updateExperiment(id: $id, title: $title, note: $note, before: $before) { note } }';
    const both = await Promise.allSettled(
      ['Hers.', 'His.'].map((note) => suite.api.get(write, { id, note, before: { title: 'Ours', note: '' } }, suite.api.key)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { experiment } = await suite.api.get<{ experiment: { note: string } }>('query ($id: ID!) { experiment(id: $id) { note } }', {
      id,
    });
    expect(await suite.api.refusal(write, { id, note: 'Late.', before: { note: '' } }, suite.api.key)).toMatchObject({
      message: 'note was changed by somebody else meanwhile: read it again, then save what it should be. Nothing was saved.',
      extensions: { code: 'CONFLICT', fields: ['note'] },
    });
    // Who has seen theirs, writes another field, or wants the very same text, is in nobody's way.
    await suite.api.get(write, { id, title: 'Mine', before: { title: 'Ours', note: '' } }, suite.api.key);
    await suite.api.get(write, { id, note: experiment.note, before: { note: '' } }, suite.api.key);
    await suite.api.get(write, { id, note: 'Seen.', before: { note: experiment.note } }, suite.api.key);

    const annotate =
      'mutation ($id: ID!, $note: String, $tags: [String!], $before: RunTexts) { annotateRun(id: $id, note: $note, tags: $tags, before: $before) { note tags } }';
    await suite.api.get(annotate, { id: runId, note: 'Odd.', tags: ['a'], before: { note: '', tags: [] } }, suite.api.key);
    expect(await suite.api.refusal(annotate, { id: runId, tags: ['b'], before: { tags: [] } }, suite.api.key)).toMatchObject({
      extensions: { code: 'CONFLICT', fields: ['tags'] },
    });
    expect(await suite.api.refusal(annotate, { id: 'run_none', note: 'x' }, suite.api.key)).toMatchObject({
      extensions: { code: 'NOT_FOUND' },
    });
    expect(await suite.api.get(annotate, { id: runId, note: 'Fine.', before: { note: 'Odd.' } }, suite.api.key)).toEqual({
      annotateRun: { note: 'Fine.', tags: ['a'] },
    });
  });

  it('take runs, unless they are archived or do not exist; notes and tags of a run can be changed', async () => {
    await TestTrainer.join(rules.house);
    const { id } = await make({ title: 'Full' });
    const [runId] = await schedule(rules.house, smallSpec, [1], { experimentId: id });
    const annotate =
      'mutation ($id: ID!, $note: String, $tags: [String!]) { annotateRun(id: $id, note: $note, tags: $tags) { note tags experiment { slug } } }';
    await suite.api.get(annotate, { id: runId, note: 'Odd.', tags: ['look'] }, suite.api.key);
    expect(await suite.api.get(annotate, { id: runId, tags: [' look ', 'my  tag, again'] }, suite.api.key)).toEqual({
      annotateRun: { note: 'Odd.', tags: ['look', 'my tag', 'again'], experiment: { slug: 'full' } },
    });
    const mutation = 'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }';
    const refused = async (experimentId: string, more: object = {}) =>
      (await suite.api.refusal(mutation, { input: { spec: smallSpec, seeds: [2], experimentId, ...more } }, suite.api.key)).message;
    expect(await refused('exp_none')).toMatch(/There is no experiment "exp_none"/);
    expect(await refused(id, { priority: 101 })).toMatch(/priority is 101; it has to be at least -100 and at most 100/);
    expect(await refused(id, { execution: { maxFailures: 0 } })).toMatch(/execution\.maxFailures: is 0; it has to be at least 1/);
    await suite.api.get('mutation ($id: ID!) { updateExperiment(id: $id, archived: true) { id } }', { id }, suite.api.key);
    expect(await refused(id)).toMatch(/is archived; bring it back/);
  });

  it('are told of whenever one is made or changed, or runs come into it or leave it', async () => {
    await TestTrainer.join(suite.api);
    const [runId = ''] = await schedule(suite.api, smallSpec, [61]);
    type Told = { experimentsChanged: { id: string; title: string; counts: { total: number } } };
    const told = suite.api.subscribe<Told>('subscription { experimentsChanged { id title counts { total } } }');
    const hears = (id: string, title: string, total: number) =>
      told.until(({ experimentsChanged: one }) => one.id === id && one.title === title && one.counts.total === total);
    // Asked until it is heard: what changes before the subscription stands is not.
    const { id } = await make({ title: 'Told of' });
    const rename = (title: string) =>
      suite.api.get(
        'mutation ($id: ID!, $title: String) { updateExperiment(id: $id, title: $title) { id } }',
        { id, title },
        suite.api.key,
      );
    let heard = false;
    const renamed = hears(id, 'Renamed', 0).then(() => {
      heard = true;
    });
    while (!heard) await rename('Renamed');
    await renamed;
    const move = 'mutation ($ids: [ID!]!, $to: ID, $new: String) { moveRuns(ids: $ids, experimentId: $to, newExperiment: $new) { done } }';
    await suite.api.get(move, { ids: [runId], to: id }, suite.api.key);
    await hears(id, 'Renamed', 1);
    await suite.api.get(move, { ids: [runId], new: 'Another' }, suite.api.key);
    const both = new Map<string, number>();
    await told.until(({ experimentsChanged: { title, counts } }) => {
      both.set(title, counts.total);
      return both.get('Renamed') === 0 && both.get('Another') === 1;
    });
    expect((await suite.api.refusal(move, { ids: [runId], to: id, new: 'Both' }, suite.api.key)).message).toMatch(
      /either experimentId or newE/,
    );
  });

  it('that twelve people create at once are twelve, each with a slug of its own; of one slug there is one', async () => {
    const createOne = (title: string, slug?: string) =>
      rules.inTransaction((tx) => createExperiment(tx, { title, slug, note: '', createdBy: 'owner' }));
    const ids = await Promise.all(Array.from({ length: 12 }, () => createOne('All at once')));
    const made = await rules.db.experiment.findMany({ where: { id: { in: ids } } });
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(12);
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => createOne('One', 'one')));
    const codes = asked.map((one) => (one.status === 'rejected' ? one.reason.code : 'made'));
    expect(codes.toSorted()).toEqual([...Array(11).fill('CONFLICT'), 'made']);
  });

  it('are made with the runs that join them, and not where those are refused', async () => {
    await TestTrainer.join(suite.api);
    const both = `mutation ($input: ScheduleRunsInput!, $newExperiment: String) {
      scheduleRuns(input: $input, newExperiment: $newExperiment) { seed experiment { id title } }
    }`;
    const input = { spec: smallSpec, seeds: [71, 72] };
    type Scheduled = { scheduleRuns: { seed: number; experiment: { id: string; title: string } }[] };
    const variables = { input, newExperiment: 'Made with its runs' };
    const { scheduleRuns } = await suite.api.get<Scheduled>(both, variables, suite.api.key);
    expect(scheduleRuns.map(({ experiment }) => experiment.title)).toEqual(['Made with its runs', 'Made with its runs']);
    const refused = async (change: object) =>
      (await suite.api.refusal(both, { input: { ...input, ...change }, newExperiment: 'Never made' }, suite.api.key)).message;
    await refused({ spec: { ...smallSpec, dataset: 'none-of-that-name' } });
    expect(await refused({ experimentId: scheduleRuns[0]?.experiment.id })).toMatch(/either experimentId or newExperiment/);
    expect(await rules.db.experiment.count({ where: { title: 'Never made' } })).toBe(0);
  });
});
