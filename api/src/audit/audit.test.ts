import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema as fromText } from 'graphql';
import { describe, expect, it } from 'vitest';
import { rightsOf } from '../access/rights-of.ts';
import { connect } from '../db.ts';
import { buildSchema } from '../schema/index.ts';
import { ask } from '../testing/client.ts';
import { leastQuestion } from '../testing/least-arguments.ts';
import { useApi } from '../testing/suite.ts';
import { aboutOf } from './about.ts';
import { forgetEntries } from './forget.ts';

type Entry = { person: string; action: string; ids: string[]; about: unknown; address: string; tokenId: string | null };
type Page = { auditLog: { totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean }; edges: { node: Entry }[] } };

const query = `query ($first: Int, $after: String, $filter: AuditFilter) { auditLog(first: $first, after: $after, filter: $filter) {
  totalCount pageInfo { endCursor hasNextPage } edges { node { person action ids about address tokenId } } } }`;

describe('the audit log', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const page = async (variables: object = {}) => (await suite.api.get<Page>(query, variables, suite.api.key)).auditLog;
  const entries = async (variables: object = {}) => (await page(variables)).edges.map(({ node }) => node);

  it('says who did what to what, by which token and whence, and keeps no text', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const create = 'mutation { createToken(name: "very secret name", role: PERSON) { id token } }';
    const { data } = await ask<{ createToken: { id: string; token: string } }>(suite.api.url, create, {}, suite.api.key, headers);
    const made = data?.createToken as { id: string; token: string };
    const { createExperiment } = await suite.api.get<{ createExperiment: { id: string } }>(
      'mutation { createExperiment(title: "A title", note: "A secret") { id } }',
      {},
      made.token,
    );
    const [second, first] = await entries();
    expect(first).toEqual({
      person: 'owner',
      action: 'createToken',
      ids: [made.id],
      about: { role: 'PERSON', scope: 'MEMBER', bound: false },
      address: '203.0.113.7',
      tokenId: expect.stringMatching(/^token_/),
    });
    expect(second).toMatchObject({
      person: 'owner (very secret name)',
      action: 'createExperiment',
      ids: [createExperiment.id],
      tokenId: made.id,
    });
    const rows = JSON.stringify(await suite.database.query('SELECT * FROM audit_log'));
    for (const secret of [made.token, suite.api.key, 'A secret']) expect(rows).not.toContain(secret);
  });

  it('has nothing of what was refused, by right or by rule', async () => {
    const { totalCount } = await page();
    await suite.api.refusal('mutation { deleteRuns(ids: ["run_1"]) }', {}, suite.api.key);
    await suite.api.refusal('mutation { createExperiment(title: "T") { id } }');
    await suite.api.refusal('mutation { drainTrainers(ids: ["trainer_1"]) { id } }', {}, suite.api.key);
    expect((await page()).totalCount).toBe(totalCount);
  });

  it('is passed by every mutation of people: what was taken is noted once, what was refused never', async () => {
    const schema = fromText(readFileSync(path.join(import.meta.dirname, '../../../contract/schema.graphql'), 'utf8'));
    const own = buildSchema().getMutationType()?.getFields() ?? {};
    const ofPeople = Object.values(own).filter((field) => !Object.keys(rightsOf(field)).every((right) => right === 'trainer'));
    expect(ofPeople.length).toBeGreaterThan(20);
    for (const { name } of ofPeople) {
      const { totalCount } = await page();
      const least = leastQuestion('mutation', schema.getMutationType()?.getFields()[name] as never);
      const { errors } = await ask(suite.api.url, least.query, least.variables, suite.api.key);
      const after = await page({ first: 1 });
      expect(after.totalCount - totalCount, `${name}: ${JSON.stringify(errors)}`).toBe(errors ? 0 : 1);
      if (!errors) expect(after.edges[0]?.node.action).toBe(name);
    }
    await suite.api.get('{ viewer { name } }', {}, suite.api.trainerToken);
  });

  it('is read in pages, by person, action and time, by admins', async () => {
    const all = await entries();
    const first = await page({ first: 1 });
    const second = await page({ first: 1, after: first.pageInfo.endCursor });
    expect([...first.edges, ...second.edges].map(({ node }) => node)).toEqual(all.slice(0, 2));
    const by = (await entries({ filter: { person: 'owner (very secret name)' } })).map(({ action }) => action);
    expect(by).toEqual(['createExperiment']);
    // What somebody's tokens did is found by their own name, too.
    expect(await entries({ filter: { person: 'owner' } })).toEqual(all);
    expect(await entries({ filter: { person: 'very secret name' } })).toEqual([]);
    expect(await entries({ filter: { action: 'createToken', until: '2020-01-01T00:00:00Z' } })).toEqual([]);
    expect(await suite.api.refusal(query, {}, suite.api.trainerToken)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(await suite.api.refusal(query, { after: 'x' }, suite.api.key)).toMatchObject({ extensions: { code: 'BAD_INPUT' } });
  });

  it('forgets what is older than it is kept for', async () => {
    const { totalCount } = await page();
    await suite.database.query(`UPDATE audit_log SET at = now() - interval '400 days' WHERE action = 'createExperiment'`);
    const db = connect(suite.database.url, 1);
    const removed = await forgetEntries(db, 365);
    await db.$disconnect();
    expect(removed).toBeGreaterThan(0);
    expect((await page()).totalCount).toBe(totalCount - removed);
  });
});

it('of arguments, ids, choices, numbers and times are told, texts never', () => {
  const schema = fromText(
    `enum E { A } input I { n: Int, text: String, ids: [ID!] } type Query { q(id: ID!, e: E, text: String, input: I, texts: [String!]): Int }`,
  );
  const args = schema.getQueryType()?.getFields().q?.args ?? [];
  const values = { id: 'run_1', e: 'A', text: 'secret', texts: ['secret'], input: { n: 1, text: 'secret', ids: ['run_2'] } };
  expect(aboutOf(args, values)).toEqual({ id: 'run_1', e: 'A', input: { n: 1, ids: ['run_2'] } });
});
