import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../api/src/testing/database.ts';
import { ChaosApi } from '../chaos/fleet/api.ts';
import { aimAt, type Target } from './target.ts';

/** An API in a process of its own, to be attacked. A token may keep 20 MB of artifacts in it. */
export class AttackedHouse {
  private constructor(
    readonly api: ChaosApi,
    readonly database: TestDatabase,
    readonly target: Target,
  ) {}

  /** @param database one of the tests' if absent. */
  static async open(database?: TestDatabase): Promise<AttackedHouse> {
    const own = database ?? (await createTestDatabase());
    const home = await mkdtemp(join(tmpdir(), 'studyhall-attack-'));
    const env = { ARTIFACT_QUOTA_GB: '0.02', LOG_LEVEL: 'fatal' };
    const api = await ChaosApi.start({ databaseUrl: own.url, home, leaseSeconds: 60, renewSeconds: 1, env });
    return new AttackedHouse(api, own, await aimAt(api, own));
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.database.drop();
    await rm(this.api.home, { recursive: true, force: true });
  }
}
