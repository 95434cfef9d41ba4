import { createHash, randomBytes } from 'node:crypto';
import { epochRow } from '../../../../api/src/testing/fleet.ts';
import { asJson, connection, expectRight, type Post } from './client.ts';
import { serveOrders } from './process.ts';

export type Lease = { jobId: string; attempt: number };

/** Whose rows: those of an API's leases, or of MLflow's runs by their ids, with all figures that our rows hold or with one alone. */
export type To =
  | { url: string; token: string; leases: readonly Lease[] }
  | { url: string; runs: readonly string[]; figures: 'all' | 'one' };

export type CommitOrder = {
  /** One for each trainer; they commit at the same time, each one commit after the other. */
  to: To;
  /** The epoch before their first. */
  after: number;
  epochsPerCommit: number;
  /** Bytes of the state uploaded before each commit; 0: a commit of rows alone. */
  checkpointBytes: number;
  seconds: number;
};

export type CommitReport = {
  commits: number;
  rows: number;
  seconds: number;
  /** The last epoch that any has committed. */
  last: number;
  /** Milliseconds of each commit, its upload with it. */
  took: number[];
  errors: string[];
};

/** Errors of one trainer after which it gives up. */
const mostErrors = 20;

async function commit(order: CommitOrder): Promise<CommitReport> {
  const report: CommitReport = { commits: 0, rows: 0, seconds: 0, last: order.after, took: [], errors: [] };
  const began = performance.now();
  const until = began + order.seconds * 1000;
  await Promise.all(
    writers(order).map(async ({ write, close }) => {
      let errors = 0;
      for (let epoch = order.after + 1; performance.now() < until && errors < mostErrors; epoch += order.epochsPerCommit) {
        const commitBegan = performance.now();
        try {
          await write(epoch);
          report.commits += 1;
          report.rows += order.epochsPerCommit;
          report.took.push(performance.now() - commitBegan);
          report.last = Math.max(report.last, epoch + order.epochsPerCommit - 1);
        } catch (error) {
          errors += 1;
          report.errors.push(error instanceof Error ? error.message : String(error));
        }
      }
      close();
    }),
  );
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

type Writer = { write(firstEpoch: number): Promise<void>; close(): void };

function writers({ to, ...order }: CommitOrder): Writer[] {
  if ('runs' in to)
    return to.runs.map((run) => {
      const { post, close } = connection(`${to.url}/api/2.0/mlflow/runs/log-batch`, asJson());
      return { write: (first) => log(post, run, first, order.epochsPerCommit, to.figures), close };
    });
  return to.leases.map((lease) => {
    const { post, close } = connection(`${to.url}/graphql`, asJson(to.token));
    return { write: (first) => commitOnce(post, order, lease, first), close };
  });
}

const query = 'mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt cancelRequested } }';

type Sizes = Pick<CommitOrder, 'checkpointBytes' | 'epochsPerCommit'>;

async function commitOnce(post: Post, { checkpointBytes, epochsPerCommit }: Sizes, lease: Lease, first: number): Promise<void> {
  const last = first + epochsPerCommit - 1;
  const epochs = Array.from({ length: epochsPerCommit }, (_, i) => epochRow(0, first + i));
  const checkpoint = checkpointBytes > 0 ? { epoch: last, sha256: await upload(post, checkpointBytes) } : undefined;
  expectRight(await post(JSON.stringify({ query, variables: { input: { lease, epochs, cohort: [], checkpoint } } })));
}

async function upload(post: Post, bytes: number): Promise<string> {
  const state = randomBytes(bytes);
  const sha256 = createHash('sha256').update(state).digest('hex');
  expectRight(await post(state, 'PUT', `/artifacts/${sha256}`));
  return sha256;
}

/** As MLflow's `log_metric` and `log_batch` send the figures of epochs. */
async function log(post: Post, run_id: string, first: number, epochs: number, figures: 'all' | 'one'): Promise<void> {
  const metrics = Array.from({ length: epochs }, (_, i) => metricsOf(first + i, figures)).flat();
  const [metric] = metrics;
  if (metrics.length === 1) expectRight(await post(JSON.stringify({ run_id, ...metric }), 'POST', '/api/2.0/mlflow/runs/log-metric'));
  else expectRight(await post(JSON.stringify({ run_id, metrics })));
}

/** What an epoch row of ours holds, as MLflow's rows of a figure each; or one of them. */
function metricsOf(epoch: number, figures: 'all' | 'one') {
  const { network: _, epoch: step, trainTerms, ...others } = epochRow(0, epoch);
  const all = Object.entries({ ...trainTerms, ...others });
  return (figures === 'all' ? all : all.slice(0, 1)).map(([key, value]) => ({ key, value, timestamp: Date.now(), step }));
}

serveOrders(commit);
