import { describe, expect, it } from 'vitest';
import { startTestApi } from '../testing/api.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { TestS3 } from '../testing/s3.ts';
import { useApi } from '../testing/suite.ts';

describe('who watches the server', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const get = (address: string, token: string | undefined = suite.api.trainerToken) =>
    fetch(`${suite.api.url}${address}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });

  it('is told how many trainers are wanted, by engine and dataset', async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec, [1, 2, 3]);
    await schedule(suite.api, smallSpec, [4], { execution: { engine: 'COMPILED_CUDA' } });
    await trainer.claimOrFail();
    const demand = async (query: string) => (await get(`/autoscaling${query}`)).json();
    expect(await demand('')).toEqual({ queued: 3, running: 1, demand: 4 });
    expect(await demand('?engine=&dataset=')).toEqual({ queued: 3, running: 1, demand: 4 });
    expect(await demand('?engine=compiled-cuda&dataset=shapes-16')).toEqual({ queued: 3, running: 1, demand: 4 });
    expect(await demand('?engine=compiled-cpu')).toEqual({ queued: 2, running: 1, demand: 3 });
  });

  it.each([
    ['?engine=cuda', 400, 'engine is "cuda"; it has to be one of compiled-cuda, compiled-webgpu'],
    ['?dataset=cifar', 400, 'There is no dataset "cifar"'],
    ['?dataset=%00', 400, 'There is no dataset'],
    ['?engine=reference&engine=reference', 400, 'engine is given more than once'],
    ['?engines=reference', 400, 'There is no parameter "engines"; there are engine and dataset'],
  ])('is told of a slip in the question: %s', async (query, status, message) => {
    const response = await get(`/autoscaling${query}`);
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(message.replaceAll('"', '\\"'))]);
  });

  it('needs a token for that', async () => {
    expect((await get('/autoscaling', '')).status).toBe(401);
    expect((await get('/autoscaling', 'made-up')).status).toBe(401);
  });

  it('reads figures in the form of Prometheus', async () => {
    const events = suite.api.subscribe('subscription { trainersChanged { id } }');
    await events.next();
    const response = await get('/metrics', suite.api.key);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    const text = await response.text();
    expect(text).toContain('studyhall_jobs_queued{engine="auto"} 2\n');
    expect(text).toContain('studyhall_jobs_queued{engine="compiled-cuda"} 1\n');
    expect(text).toContain('studyhall_leases 1\n');
    expect(text).toContain('studyhall_trainers{state="online"} 1\n');
    expect(text).toContain('studyhall_lapses_total 0\n');
    expect(Number(/^studyhall_subscribers (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
    expect(Number(/^studyhall_report_seconds_count (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(2);
    expect(text).toMatch(/^studyhall_board_age_seconds [\d.e-]+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    await events.close();
  });

  it('sees the same on a page, if it is a person', async () => {
    const query = '{ serverFigures { name title unit help value } }';
    const { serverFigures } = await suite.api.get<{ serverFigures: { name: string; value: number }[] }>(query, {}, suite.api.key);
    const values = new Map(serverFigures.map(({ name, value }) => [name, value]));
    expect(values.get('studyhall_jobs_queued{engine="auto"}')).toBe(2);
    expect(values.get('studyhall_leases')).toBe(1);
    expect(serverFigures).toContainEqual(
      expect.objectContaining({
        name: 'studyhall_jobs_queued{engine="auto"}',
        title: 'Jobs that wait for a trainer with the engine auto',
        unit: 'COUNT',
      }),
    );
    expect(values.get('studyhall_report_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(await suite.api.refusal(query, {}, suite.api.trainerToken)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('finds a request again in the log by its name, the given one or a new one', async () => {
    const ask = async (id: string) =>
      (await fetch(`${suite.api.url}/healthz`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await ask('from-a-proxy:1')).toBe('from-a-proxy:1');
    expect(await ask('two words')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hears that the server is ready, and what is away while it is not', async () => {
    const s3 = await TestS3.start();
    const api = await startTestApi(suite.database.url, s3.environment);
    const ready = async () => {
      const response = await fetch(`${api.url}/ready`);
      return [response.status, await response.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ready' }]);
    s3.fate = () => 403;
    await expect.poll(ready).toEqual([503, { status: 'not ready', away: ['artifacts'] }]);
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
    s3.fate = () => 'answered';
    await suite.database.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', '99990101000000_later', now())`,
    );
    const older = { status: 'not ready', away: ['this API, which is older than the database: update it'] };
    await expect.poll(ready).toEqual([503, older]);
    await api.close();
    await s3.close();
  });
});
