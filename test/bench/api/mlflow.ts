import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { createDatabase } from '../../../api/src/postgres/database.ts';
import { freePorts } from '../../e2e/house.ts';
import { endWith, temporaryFolder } from '../../ending.ts';
import { pythonWith } from '../python.ts';
import { fillMlflow } from './mlflow-fill.ts';

/** MLflow's tracking server with as many runs and as many rows of metrics, in a database of its own on the same Postgres. */
export type Mlflow = { url: string; version: string; experiment: string; runs: readonly string[]; close(): Promise<void> };

/** What it needs to speak to Postgres. */
const modules = 'mlflow, psycopg2';
const startMs = 120_000;

/** @param named a Python; absent: one that is found. @returns null: none here can import MLflow. @throws if the named one cannot. */
export function pythonWithMlflow(named?: string): string | null {
  const python = pythonWith(modules, named === undefined ? undefined : [named]);
  if (named !== undefined && python === null)
    throw new Error(`--python ${named}: a Python that can import ${modules} is wanted (pip install mlflow psycopg2-binary)`);
  return python;
}

/** @param postgresUrl of any database of the server. @param rowsEach rows of metrics of each run */
export async function openMlflow(python: string, postgresUrl: string, runs: number, rowsEach: number): Promise<Mlflow> {
  const name = 'mlflow_beside';
  await createDatabase(postgresUrl, name);
  const database = new URL(postgresUrl);
  database.pathname = `/${name}`;
  database.protocol = 'postgresql:';
  const { folder: home, remove } = await temporaryFolder('studyhall-bench-mlflow-');
  const [port] = await freePorts();
  const url = `http://127.0.0.1:${port}`;
  const store = database.href.replace('postgresql:', 'postgresql+psycopg2:');
  const child = spawn(
    python,
    [
      '-m',
      'mlflow',
      'server',
      '--backend-store-uri',
      store,
      '--default-artifact-root',
      home,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    {
      cwd: home,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const close = async () => {
    if (child.pid && isRunning()) {
      const ended = once(child, 'exit');
      // With its workers, which are its children.
      process.kill(-child.pid, 'SIGTERM');
      await ended;
    }
    forget();
    await remove();
  };
  const forget = endWith(close);
  try {
    await untilHealthy(url, isRunning);
    const client = new pg.Client({ connectionString: database.href });
    await client.connect();
    const filled = await fillMlflow(client, runs, rowsEach).finally(() => client.end());
    const version = execFileSync(python, ['-c', 'import mlflow; print(mlflow.__version__)']).toString().trim();
    return { url, version, ...filled, close };
  } catch (error) {
    await close();
    throw new Error(`MLflow's server did not start: ${error instanceof Error ? error.message : error}\n${said}`, { cause: error });
  }
}

async function untilHealthy(url: string, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if (!isRunning()) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error(`it did not answer within ${startMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What its users ask as ours ask for the leaderboard: the best runs, all or of a dataset and a method. */
export function searches({ experiment }: Pick<Mlflow, 'experiment'>): Record<string, string> {
  const search = (filter: string) =>
    JSON.stringify({ experiment_ids: [experiment], filter, order_by: ['metrics.validation_accuracy DESC'], max_results: 100 });
  return {
    'MLflow: by validation accuracy': search(''),
    'MLflow: of a dataset and method': search("params.dataset = 'shapes-16' and params.method = 'DISTILLATION'"),
  };
}
