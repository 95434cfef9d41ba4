import { createHash, randomBytes } from 'node:crypto';
import { epochRow } from '../../../../api/src/testing/fleet.ts';
import { asJson, connection, expectRight, type Post } from './client.ts';
import { serveOrders } from './process.ts';

export type Lease = { jobId: string; attempt: number };

export type CommitOrder = {
  url: string;
  token: string;
  /** One for each trainer; they commit at the same time, each one commit after the other. */
  leases: readonly Lease[];
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

const query = 'mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt cancelRequested } }';

async function commit(order: CommitOrder): Promise<CommitReport> {
  const report: CommitReport = { commits: 0, rows: 0, seconds: 0, last: order.after, took: [], errors: [] };
  const began = performance.now();
  const until = began + order.seconds * 1000;
  await Promise.all(
    order.leases.map(async (lease) => {
      const { post, close } = connection(`${order.url}/graphql`, asJson(order.token));
      for (let epoch = order.after + 1; performance.now() < until; epoch += order.epochsPerCommit) {
        const commitBegan = performance.now();
        try {
          await commitOnce(post, order, lease, epoch);
          report.commits += 1;
          report.rows += order.epochsPerCommit;
          report.took.push(performance.now() - commitBegan);
          report.last = Math.max(report.last, epoch + order.epochsPerCommit - 1);
        } catch (error) {
          report.errors.push(error instanceof Error ? error.message : String(error));
          if (report.errors.length > 100) break;
        }
      }
      close();
    }),
  );
  report.seconds = (performance.now() - began) / 1000;
  return report;
}

async function commitOnce(post: Post, { checkpointBytes, epochsPerCommit }: CommitOrder, lease: Lease, first: number): Promise<void> {
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

serveOrders(commit);
