import { aimAt, type Target } from '../../attack/target.ts';
import { ChaosApi } from '../../chaos/fleet/api.ts';
import { temporaryFolder } from '../../ending.ts';
import type { Database } from './database.ts';
import { fill } from './fill.ts';
import type { CommitOrder, CommitReport } from './load/commits.ts';
import type { ListenOrder, ListenReport } from './load/listeners.ts';
import { LoadProcess } from './load/process.ts';

/** An API in a process of its own, as in production, on a database full of finished runs. */
export type MeasuredHouse = {
  api: ChaosApi;
  database: Database;
  target: Target;
  /** Trainers and open pages, in processes of their own. */
  commits: LoadProcess<CommitOrder, CommitReport>;
  pages: LoadProcess<ListenOrder, ListenReport>;
  close(): Promise<void>;
};

/** @param epochs rows of each of a run's two networks. */
export async function openHouse(database: Database, runs: number, epochs: number): Promise<MeasuredHouse> {
  const [commits, pages] = [
    new LoadProcess<CommitOrder, CommitReport>('commits.ts'),
    new LoadProcess<ListenOrder, ListenReport>('listeners.ts'),
  ];
  await fill(database, runs, epochs);
  const { folder: home, remove } = await temporaryFolder('studyhall-bench-api-');
  // Long leases: no one renews them while it is measured.
  const api = await ChaosApi.start({ databaseUrl: database.url, home, leaseSeconds: 3600, renewSeconds: 5 });
  const close = async () => {
    await Promise.all([commits.end(), pages.end()]);
    await api.stop();
    await remove();
  };
  return { api, database, target: await aimAt(api, database), commits, pages, close };
}
