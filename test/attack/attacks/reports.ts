import { createHash } from 'node:crypto';
import { epochRow, leaseOf, schedule, shapes, smallSpec, type TestClaim, type TestTrainer } from '../../../api/src/testing/fleet.ts';
import { type Attack, expectations } from '../attack.ts';
import { codesOf, graphql, post } from '../request.ts';
import type { Target } from '../target.ts';

/** What every page asks. */
const pages =
  '{ trainers { benchmarks { imagesPerSecond } leftOut { name } } leaderboard { edges { node { validationEntropy { mean sd } } } } ' +
  'runs { edges { node { progress { etaSeconds } networks { result { validationEntropy } } } } } datasets { name } experiments { totalCount } }';

async function claimOne(target: Target, changes: object = {}): Promise<{ trainer: TestTrainer; claim: TestClaim }> {
  const trainer = await target.trainer(changes);
  await schedule(target.api(), { ...smallSpec, dataset: 'shapes-16' }, [Math.floor(Math.random() * 1e9)], { priority: 100 });
  return { trainer, claim: await trainer.claimOrFail() };
}

/** Reports that poison what everybody reads, fill what is kept, or speak for somebody else. */
export const reports: readonly Attack[] = [
  {
    who: 'trainer’s token',
    what: '60,000 log lines of 4,000 characters, then `runLog` ten times at once, and `log` under 40 aliases',
    right: 'pages of 2,000 lines and 1 MB, lines per run bounded, `log` priced by what it gives',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const { trainer, claim } = await claimOne(target);
      const line = (key: number) => ({ key, at: '2026-01-01T00:00:00Z', text: 'x'.repeat(4000) });
      const report = 'mutation ($input: ReportLogInput!) { reportLog(input: $input) }';
      // The first of 120 requests would be enough; some thousand lines take a test a second.
      for (let from = 0; from < 6000; from += 500) {
        const lines = Array.from({ length: 500 }, (_, i) => line(from + i));
        const sent = await graphql(target.url, report, { input: { lease: leaseOf(claim), lines } }, target.trainerToken);
        expect(sent.status === 200 && codesOf(sent).length === 0, sent.text.slice(0, 200));
      }
      const streams = Array.from({ length: 10 }, () =>
        target.api().subscribe<{ runLog: { seq: number; text: string }[] }>('subscription ($id: ID!) { runLog(id: $id) { seq text } }', {
          id: claim.runId,
        }),
      );
      await Promise.all(
        streams.map(async (stream) => {
          const { runLog } = await stream.next();
          const characters = runLog.reduce((sum, { text }) => sum + text.length, 0);
          expect(runLog.length <= 2000 && characters <= 1_100_000, `a page of ${runLog.length} lines, ${characters} characters`);
          await stream.close();
        }),
      );
      const aliases = Array.from({ length: 40 }, (_, i) => `l${i}:log{text}`).join(' ');
      const many = await graphql(target.url, `query ($id: ID!) { run(id: $id) { ${aliases} } }`, { id: claim.runId });
      expect(codesOf(many)[0] === 'TOO_COMPLEX' && many.bytes < 5_000_000, `${many.status}, ${many.bytes} bytes`);
      await trainer.complete(claim, [0.5]);
      return complaints;
    },
  },
  {
    who: 'trainer’s token',
    what: 'poisoned numbers: `stepMs` 1e-320, entropies 0 and 1e200, `imagesPerSecond` 1e-320, entropy −5, an artifact of epoch −2147483648',
    right: 'bounds on every reported number; nobody’s page fails',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const { trainer, claim } = await claimOne(target);
      const benchmark = { engine: 'reference', model: 'cnn', batchSize: 64, compileMs: 1, measuredAt: '2026-01-01T00:00:00Z' };
      const refused = await target.trainer({ benchmarks: [{ ...benchmark, stepMs: 1e-320 }] }).then(
        () => false,
        () => true,
      );
      expect(refused, 'stepMs 1e-320 was taken');
      const progress = { phase: 'cohort', epoch: 1, epochs: 3, step: 1, steps: 2_147_483_647, loss: 1, imagesPerSecond: 1e-320 };
      await trainer.renew(claim, progress);
      const codeOf = (answer: { errors?: { extensions: { code: string } }[] }) => answer.errors?.[0]?.extensions.code;
      for (const row of [
        { validationEntropy: 1e200 },
        { validationEntropy: -5 },
        { trainLoss: 1e300 },
        { trainTerms: { crossEntropy: 1e300 } },
        { seconds: 1e300 },
        { learningRate: -1 },
      ])
        expect(codeOf(await trainer.commit(claim, { epochs: [epochRow(0, 1, row)] })) === 'BAD_INPUT', `${JSON.stringify(row)} was taken`);
      const fingerprint = { engine: 'x'.repeat(7_000_000) };
      expect(codeOf(await trainer.commit(claim, { fingerprint })) === 'BAD_INPUT', 'a fingerprint of 7 MB was taken');
      await trainer.commitTo(claim, [1, 2, 3]);
      for (const validationEntropy of [1e200, -5])
        expect(
          codeOf(await trainer.finish(claim, [0.5], undefined, { networks: [{ validationEntropy }] })) === 'BAD_INPUT',
          `entropy ${validationEntropy}`,
        );
      const sha256 = await trainer.upload('some weights');
      for (const file of [
        { kind: 'FINAL_WEIGHTS', network: 0, epoch: -2147483648, sha256 },
        { kind: 'FINAL_WEIGHTS', network: 7, epoch: 1, sha256 },
        { kind: 'FINAL_WEIGHTS', network: 0, epoch: 4, sha256 },
      ])
        expect(
          codeOf(await trainer.finish(claim, [0.5], undefined, { artifacts: [file] })) === 'BAD_INPUT',
          `${JSON.stringify(file)} was taken`,
        );
      const read = await graphql(target.url, pages, {}, target.key);
      expect(codesOf(read).length === 0, `what everybody reads fails: ${read.text.slice(0, 300)}`);
      await trainer.complete(claim, [0.5]);
      return complaints;
    },
  },
  {
    who: 'trainer’s token',
    what: 'datasets of 300,000 classes, with names without end, and the name and hash of another’s with other facts; more than 500 trainers',
    right: 'what cannot be offered is left out and named; facts of a hash never change; a bound per token',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const classes = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `c${i}` }));
      const hash = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
      const views = [{ name: 'image', shape: [8, 8, 1] }];
      const bad = [
        { name: 'huge', hash: hash('huge'), views, classes: classes(150_000), trainSize: 10, testSize: 10 },
        { name: 'long', hash: hash('long'), views, classes: [{ name: 'x'.repeat(500) }, { name: 'b' }], trainSize: 10, testSize: 10 },
        { name: 'n'.repeat(300), hash: hash('name'), views, classes: classes(2), trainSize: 10, testSize: 10 },
        { name: 'nul', hash: hash('nul'), views, classes: [{ name: 'a\u0000' }, { name: '\ud800' }], trainSize: 10, testSize: 10 },
        {
          name: 'shape',
          hash: hash('shape'),
          views: [{ name: 'v', shape: [1e6, 1e6, 3] }],
          classes: classes(2),
          trainSize: 10,
          testSize: 10,
        },
        { ...shapes, classes: classes(2) },
      ];
      const trainer = await target.trainer({ datasets: [...bad, { ...shapes, name: 'shapes-copy' }] });
      const { trainers, datasets } = await target.api().get<{
        trainers: { id: string; datasets: { name: string }[]; leftOut: { name: string }[] }[];
        datasets: { name: string; classes: object[] }[];
      }>('{ trainers { id datasets { name } leftOut { name reason } } datasets { name classes { name } } }');
      const own = trainers.find(({ id }) => id === trainer.id);
      expect(own?.leftOut.length === bad.length, `${own?.leftOut.length} of ${bad.length} were named`);
      expect(own?.datasets.map(({ name }) => name).join() === 'shapes-copy', `it offers ${own?.datasets.map(({ name }) => name)}`);
      expect(datasets.find(({ name }) => name === 'shapes-16')?.classes.length === shapes.classes.length, 'the facts of shapes-16 changed');
      // As many as one token may have, all of them at work; then a few that have left.
      await target.query(
        `INSERT INTO trainers (id, key, name, host, engines, device, slots, version, token_id)
         SELECT 'trainer_' || n, 'key of trainer ' || n, 'n', 'h', '{reference}', 'd', 1, '1', (SELECT id FROM tokens WHERE name = 'another machine')
         FROM generate_series(1, 500) n`,
      );
      const join = () =>
        target.trainer({ datasets: [] }, target.otherToken).then(
          () => true,
          () => false,
        );
      expect(!(await join()), 'the 501st trainer of one token was taken');
      await target.query(`UPDATE trainers SET "left" = true WHERE id IN ('trainer_7', 'trainer_8')`);
      expect((await join()) && (await join()), 'trainers that have left make no room');
      expect(!(await join()), 'the 503rd was taken');
      return complaints;
    },
  },
  {
    who: 'trainer’s token',
    what: 'another trainer’s leaveFleet, claim, renewal, commit, log, end',
    right: 'a trainer belongs to the token that registered it, a lease to its trainer',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const { trainer, claim } = await claimOne(target);
      const lease = leaseOf(claim);
      const say = (field: string, type: string, input: object) =>
        graphql(target.url, `mutation ($input: ${type}!) { ${field}(input: $input) }`, { input }, target.otherToken);
      const answers = [
        await graphql(target.url, 'mutation ($id: ID!) { leaveFleet(trainerId: $id) }', { id: trainer.id }, target.otherToken),
        await graphql(target.url, 'mutation ($id: ID!) { claimJob(trainerId: $id) { jobId } }', { id: trainer.id }, target.otherToken),
        await graphql(
          target.url,
          'mutation ($input: RenewLeaseInput!) { renewLease(input: $input) { expiresAt } }',
          { input: { lease } },
          target.otherToken,
        ),
        await graphql(
          target.url,
          'mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt } }',
          { input: { lease, epochs: [epochRow(0, 1)] } },
          target.otherToken,
        ),
        await say('reportLog', 'ReportLogInput', { lease, lines: [{ key: 1, at: '2026-01-01T00:00:00Z', text: 'me' }] }),
        await say('failJob', 'FailJobInput', { lease, error: 'I say so.' }),
        await say('handBackJob', 'HandBackJobInput', { lease }),
        await say('finishJob', 'FinishJobInput', { lease, networks: [], artifacts: [] }),
      ];
      for (const answer of answers)
        expect(['LEASE_LOST', 'NOT_FOUND'].includes(codesOf(answer)[0] ?? ''), `taken: ${answer.text.slice(0, 200)}`);
      const { errors } = await trainer.renew(claim);
      expect(!errors, `the holder lost it: ${JSON.stringify(errors)}`);
      await trainer.complete(claim, [0.5]);
      const again = await say('finishJob', 'FinishJobInput', { lease, networks: [], artifacts: [] });
      expect(codesOf(again)[0] === 'LEASE_LOST', `an end that was somebody else’s: ${again.text.slice(0, 200)}`);
      return complaints;
    },
  },
  {
    who: 'trainer’s token',
    what: 'artifacts without end',
    right: 'a quota of bytes per token; what is refused is not kept',
    run: async (target) => {
      const { complaints, expect } = expectations();
      const bytes = Buffer.alloc(4_000_000);
      const statuses: number[] = [];
      for (let i = 0; i < 8; i += 1) {
        bytes.writeInt32LE(i);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const sent = await post(`${target.url}/artifacts/${sha256}`, bytes, { authorization: `Bearer ${target.otherToken}` }, 'PUT');
        statuses.push(sent.status);
      }
      // The server under attack was told to keep 20 MB a token.
      expect(
        statuses.slice(0, 4).every((status) => status === 201),
        `first: ${statuses}`,
      );
      expect(
        statuses.slice(5).every((status) => status === 507),
        `beyond the quota: ${statuses}`,
      );
      const answer = await fetch(`${target.url}/artifacts/${'0'.repeat(64)}`);
      expect(answer.headers.get('x-content-type-options') === 'nosniff', 'artifacts are sniffed');
      expect(answer.headers.get('referrer-policy') === 'no-referrer', 'artifacts tell referrers');
      return complaints;
    },
  },
];
