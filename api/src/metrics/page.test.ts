import { describe, expect, it } from 'vitest';
import { keptLines } from '../sql/logs.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const epochs = 2000;
const networks = 8;

type Page = { revision: number; more: boolean; epochs: { epoch: number; network: number }[] };

describe('a long run', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const begin = async () => {
    const trainer = await TestTrainer.join(suite.api);
    const [runId = ''] = await schedule(suite.api, {
      ...smallSpec,
      networks: Array(networks).fill({ model: 'cnn' }),
      training: { epochs },
    });
    return { runId, claim: await trainer.claimOrFail() };
  };

  it('is read page by page, every row once, every revision whole', async () => {
    const { runId } = await begin();
    // A commit of five epochs is one revision.
    await suite.database.query(
      `INSERT INTO epoch_metrics (run_id, epoch, network, revision, train_loss, train_terms, train_accuracy, learning_rate, images_per_second, seconds)
       SELECT $1, e, n, 10 + e / 5, 1, '{}', 0.5, 0.1, 1, 1 FROM generate_series(1, $2::int) e, generate_series(0, $3::int - 1) n`,
      [runId, epochs, networks],
    );
    await suite.database.query('UPDATE runs SET revision = 1000 WHERE id = $1', [runId]);
    const query = 'query ($id: ID!, $after: Int!) { run(id: $id) { metrics(after: $after) { revision more epochs { epoch network } } } }';
    const pages: Page[] = [];
    for (let after = 0, more = true; more; ) {
      const { run } = await suite.api.get<{ run: { metrics: Page } }>(query, { id: runId, after });
      pages.push(run.metrics);
      ({ revision: after, more } = run.metrics);
    }
    expect(pages.map(({ epochs: rows }) => rows.length)).toEqual([10_032, 5968]);
    expect(pages.at(-1)?.revision).toBe(1000);
    const places = pages.flatMap(({ epochs: rows }) => rows.map(({ epoch, network }) => epoch * networks + network));
    expect(places).toEqual(Array.from({ length: epochs * networks }, (_, i) => i + networks));

    const stream = suite.api.subscribe<{ runMetrics: Page }>(
      'subscription ($id: ID!) { runMetrics(id: $id) { revision epochs { epoch } } }',
      { id: runId },
    );
    expect([(await stream.next()).runMetrics.epochs.length, (await stream.next()).runMetrics.epochs.length]).toEqual([10_032, 5968]);
    await stream.close();
  });

  it('is thinned to what a chart can show, its first and last epoch among it', async () => {
    const { runId } = await begin();
    await suite.database.query(
      `INSERT INTO epoch_metrics (run_id, epoch, network, revision, train_loss, train_terms, train_accuracy, learning_rate, images_per_second, seconds)
       SELECT $1, e, 0, 1, 1, '{}', 0.5, 0.1, 1, 1 FROM generate_series(1, $2::int) e`,
      [runId, epochs],
    );
    const thin = async (points: number) => {
      const query = 'query ($id: ID!, $points: Int!) { run(id: $id) { metrics(points: $points) { epochs { epoch } } } }';
      const { run } = await suite.api.get<{ run: { metrics: Page } }>(query, { id: runId, points });
      return run.metrics.epochs.map(({ epoch }) => epoch);
    };
    expect(await thin(4)).toEqual([1, 500, 1000, 1500, 2000]);
    expect(await thin(3)).toEqual([1, 667, 1334, 2000]);
    expect(await thin(1)).toEqual([1, 2000]);
    expect((await thin(10_000)).length).toBe(epochs);
    expect(
      (await suite.api.refusal('query ($id: ID!) { run(id: $id) { metrics(points: 0) { revision } } }', { id: runId })).message,
    ).toMatch(/points is 0/);
  });

  it('keeps its latest log lines', async () => {
    const { runId, claim } = await begin();
    await suite.database.query(
      `INSERT INTO log_lines (job_id, seq, attempt, key, at, level, text) SELECT $1, n, 1, n, now(), 'INFO', 'old' FROM generate_series(1, $2::int) n`,
      [claim.jobId, keptLines],
    );
    await suite.database.query('UPDATE jobs SET log_seq = $2 WHERE id = $1', [claim.jobId, keptLines]);
    const lines = [1, 2, 3].map((key) => ({ key: keptLines + key, at: new Date(), text: `new ${key}` }));
    const input = { lease: { jobId: claim.jobId, attempt: claim.attempt }, lines };
    await suite.api.get('mutation ($input: ReportLogInput!) { reportLog(input: $input) }', { input }, suite.api.trainerToken);
    const [row] = await suite.database.query(
      'SELECT min(seq) AS first, max(seq) AS last, count(*)::int AS count FROM log_lines WHERE job_id = $1',
      [claim.jobId],
    );
    expect(row).toEqual({ first: 4, last: keptLines + 3, count: keptLines });
    const { run } = await suite.api.get<{ run: { log: { text: string }[] } }>(
      'query ($id: ID!) { run(id: $id) { log(last: 2) { text } } }',
      { id: runId },
    );
    expect(run.log).toEqual([{ text: 'new 2' }, { text: 'new 3' }]);
  });
});
