import { connect } from 'node:net';
import type { TestApi } from '../../../api/src/testing/api.ts';
import { schedule, shapes, smallSpec } from '../../../api/src/testing/fleet.ts';
import { type Attack, expectations } from '../attack.ts';
import { codesOf, graphql, post } from '../request.ts';

const aliased = (field: string, count: number) => `{ ${Array.from({ length: count }, (_, i) => `a${i}:${field}`).join(' ')} }`;

/** Schedules one spec so many times. @returns one of its runs. */
async function groupOf(api: TestApi, runs: number): Promise<string | undefined> {
  const spec = { ...smallSpec, training: { epochs: 7 } };
  const seeds = Array.from({ length: 50 }, (_, i) => i);
  let last: string | undefined;
  for (let made = 0; made < runs; made += seeds.length) [last] = await schedule(api, spec, seeds);
  return last;
}

/** Questions that cost the server much and the asker nothing. */
export const questions: readonly Attack[] = [
  {
    who: 'no key',
    what: '`__schema` under 2,000 and 40,000 aliases; all fields of all types under 300',
    right: 'refused unread; introspection is given once a document',
    run: async ({ url }) => {
      const { complaints, expect } = expectations();
      for (const query of [
        aliased('__schema{types{name}}', 490),
        aliased('__schema{types{name}}', 2000),
        aliased('__schema{types{name}}', 40_000),
        `{ __schema { types { ${Array.from({ length: 300 }, (_, i) => `f${i}:fields{name}`).join(' ')} } } }`,
        `{ ${Array.from({ length: 40 }, (_, i) => `t${i}:__type(name:"Run"){fields{name}}`).join(' ')} }`,
      ]) {
        const sent = await graphql(url, query);
        expect(
          [400, 413].includes(sent.status) && sent.bytes < 2000,
          `${query.slice(0, 40)}… of ${query.length}: ${sent.status}, ${sent.bytes} bytes`,
        );
      }
      const once = await graphql(url, '{ __schema { types { name fields { name args { name } } } } }');
      expect(once.status === 200 && codesOf(once).length === 0, `introspection itself: ${once.status} ${once.text.slice(0, 200)}`);
      return complaints;
    },
  },
  {
    who: 'no key',
    what: '`checkSpec` with 60,000 and 700,000 seeds, 400,000 networks, a model’s name of 7 MB',
    right: 'a wrong count is refused at once, at most 100 problems, quoted values are cut',
    run: async ({ url, key }) => {
      const { complaints, expect } = expectations();
      const query = 'query ($spec: JSON!, $seeds: [Int!]!) { checkSpec(spec: $spec, seeds: $seeds) { path message } }';
      const spec = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } };
      const many = { ...spec, networks: Array.from({ length: 400_000 }, () => ({ model: 1 })) };
      const asked: [object, string | undefined][] = [
        [{ spec, seeds: Array.from({ length: 60_000 }, () => 7) }, undefined],
        [{ spec, seeds: Array.from({ length: 700_000 }, () => 7) }, key],
        [{ spec: many, seeds: [1] }, key],
        [{ spec: { ...spec, networks: [{ model: 'm'.repeat(7_000_000) }] }, seeds: [1] }, key],
        [{ spec: { ...spec, ['x'.repeat(200_000)]: 1 }, seeds: [1] }, undefined],
        [{ spec: { ...spec, networks: Array.from({ length: 9000 }, () => ({ model: 1 })) }, seeds: [1] }, undefined],
      ];
      for (const [variables, token] of asked) {
        const sent = await graphql(url, query, variables, token);
        const { data } = JSON.parse(sent.text) as { data?: { checkSpec: unknown[] } };
        expect(sent.status === 200 || sent.status === 413, `${sent.status} ${sent.text.slice(0, 200)}`);
        expect((data?.checkSpec.length ?? 1) > 0 && (data?.checkSpec.length ?? 1) <= 100, `${data?.checkSpec.length} problems`);
        expect(sent.bytes < 60_000, `${sent.bytes} bytes of answer`);
      }
      return complaints;
    },
  },
  {
    who: 'no key',
    what: 'documents of a million tokens, of 10,000 chained fragments, 2,400 brackets deep; bodies of 8 MB',
    right: 'the same limit everywhere, answered as the client’s fault',
    run: async ({ url, key }) => {
      const { complaints, expect } = expectations();
      const chain = Array.from({ length: 10_000 }, (_, i) => `fragment f${i} on Query{...f${i + 1}}`).join(' ');
      const documents = [
        `{ ${'__typename '.repeat(1_000_000)} }`.slice(0, 7_000_000),
        `{...f0} ${chain} fragment f10000 on Query{__typename}`,
        `{ checkSpec(spec: ${'['.repeat(2400)}${']'.repeat(2400)}) { path } }`,
        `${'{ a '.repeat(4000)}`,
        `{ ${'__typename '.repeat(4900)} }`,
      ];
      for (const query of documents) {
        const sent = await graphql(url, query, {}, key);
        expect(sent.status === 400 && sent.bytes < 60_000, `${query.slice(0, 30)}…: ${sent.status}, ${sent.bytes} bytes`);
      }
      const long = await post(`${url}/graphql`, JSON.stringify({ query: `# ${'x'.repeat(1_000_000)}\n{ __typename }` }));
      expect(long.status === 413, `1 MB without a key: ${long.status}`);
      const deep = await post(
        `${url}/graphql`,
        `{"query":"query ($s: JSON!) { checkSpec(spec: $s) { path } }","variables":{"s":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      );
      expect(deep.status === 400 && codesOf(deep)[0] === 'BAD_INPUT', `JSON 100,000 deep: ${deep.status} ${deep.text.slice(0, 200)}`);
      return complaints;
    },
  },
  {
    who: 'no key',
    what: '10,000 aliased `leaderboard` or `runs`; 40 at once of what is allowed',
    right: 'a statement has its price; who asks too much at once waits for himself, the others do not',
    run: async ({ url }) => {
      const { complaints, expect } = expectations();
      for (const field of ['leaderboard{totalCount}', 'runs{totalCount}']) {
        for (const count of [620, 10_000]) {
          const sent = await graphql(url, aliased(field, count));
          expect([400, 413].includes(sent.status), `${count} × ${field}: ${sent.status} ${sent.text.slice(0, 200)}`);
        }
      }
      const allowed = aliased('runs(first: 5){totalCount}', 30);
      const answers = await Promise.all(Array.from({ length: 40 }, () => graphql(url, allowed)));
      const statuses = new Set(answers.map(({ status }) => status));
      expect(statuses.has(200), `none of 40 at once was answered: ${[...statuses]}`);
      for (const status of statuses) expect(status === 200 || status === 503, `40 at once: ${status}`);
      const refused = answers.filter(({ status }) => status === 503);
      for (const answer of refused) expect(codesOf(answer)[0] === 'BUSY', answer.text.slice(0, 200));
      return complaints;
    },
  },
  {
    who: 'no key',
    what: 'the siblings of the siblings of one of 1,200 runs',
    right: 'refused once its answer would grow too large, while it is made',
    run: async ({ url, key, api, trainer }) => {
      const { complaints, expect } = expectations();
      await trainer({ datasets: [shapes] });
      const id = await groupOf(api(), 1200);
      const fields = 'id label seed state priority note tags archived createdAt epochs epochsDone revision reason attempt networks { id }';
      const asked = {
        query: `query ($id: ID!) { run(id: $id) { siblings { ${fields} siblings { ${fields} } } } }`,
        items: 'query ($id: ID!) { run(id: $id) { siblings { siblings { __typename } } } }',
        mutation: `mutation ($id: ID!) { annotateRun(id: $id, note: "x") { siblings { ${fields} siblings { ${fields} } } } }`,
      };
      for (const [what, query] of Object.entries(asked)) {
        const sent = await graphql(url, query, { id }, what === 'mutation' ? key : undefined);
        expect(
          codesOf(sent)[0] === 'TOO_COMPLEX' && sent.bytes < 2000,
          `${what}: ${sent.status}, ${sent.bytes} bytes, ${sent.text.slice(0, 200)}`,
        );
      }
      const once = await graphql(url, `query ($id: ID!) { run(id: $id) { siblings { ${fields} } } }`, { id });
      expect(once.status === 200 && codesOf(once).length === 0, `the siblings themselves: ${once.status} ${once.text.slice(0, 200)}`);
      return complaints;
    },
  },
  {
    who: 'anyone',
    what: 'ids, cursors, texts and addresses that cannot be',
    right: 'NOT_FOUND, BAD_INPUT, 400: never an error of ours',
    run: async ({ url, key }) => {
      const { complaints, expect } = expectations();
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const odd = ['', '\u0000', '\ud800', 'run_', 'run_\udfff', 'x'.repeat(5000), "'; --", '../../etc/passwd', 'net_1', '💥'];
      const ids = ['run', 'node', 'experiment'];
      for (const id of odd) {
        for (const field of ids) {
          const sent = await graphql(url, `query ($id: ID!) { ${field}(id: $id) { id } }`, { id }, key);
          expect(
            sent.status < 500 && !codesOf(sent).includes('INTERNAL_SERVER_ERROR'),
            `${field}(${JSON.stringify(id).slice(0, 30)}): ${sent.text}`,
          );
        }
      }
      const cursors = [
        'LTU',
        'MWUzMDA',
        encode(-5),
        encode(1e300),
        encode([1, 2]),
        Buffer.from('[1e400,0,0,"run_a"]').toString('base64url'),
        encode({}),
        encode('\ud800'),
        '%',
        'x'.repeat(9000),
      ];
      for (const after of cursors) {
        for (const list of ['runs', 'leaderboard', 'experiments']) {
          const sent = await graphql(url, `query ($after: String) { ${list}(first: 5, after: $after) { totalCount } }`, { after }, key);
          const codes = codesOf(sent);
          expect(codes.length === 1 && codes[0] === 'BAD_INPUT', `${list}(after: ${after.slice(0, 30)}): ${sent.text.slice(0, 200)}`);
        }
      }
      const title = await graphql(url, 'mutation ($t: String!) { createExperiment(title: $t) { id } }', { t: 'a\ud83db' }, key);
      expect(codesOf(title)[0] === 'BAD_INPUT', title.text.slice(0, 200));
      for (const [method, path] of [
        ['GET', '/artifacts/%ff%fe'],
        ['OPTIONS', '*'],
        ['GET', '/graphql?query=%ff'],
        ['GET', `/graphql?query=${encodeURIComponent('query($s:JSON!){checkSpec(spec:$s){path}}')}&variables=${'['.repeat(7000)}`],
        ['PUT', '/graphql'],
        ['POST', '/graphql/'],
      ] as const) {
        const sent = await post(`${url}/`, '', { 'apollo-require-preflight': '1' }, method).catch(() => undefined);
        const own = await raw(url, method, path);
        expect(own < 500 && own > 0 && (sent?.status ?? 0) < 500, `${method} ${path.slice(0, 40)}: ${own}`);
      }
      return complaints;
    },
  },
];

/** The status of a request whose target is written as it is. */
async function raw(url: string, method: string, path: string): Promise<number> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\napollo-require-preflight: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      ),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => resolve(0));
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0)));
  });
}
