import { createTestDatabase, type TestDatabase } from '../../api/src/testing/database.ts';
import { ChaosApi } from '../chaos/fleet/api.ts';
import { temporaryFolder } from '../ending.ts';
import { aimAt, type Target } from './target.ts';

/** An API in a process of its own, to be attacked. A token may keep 20 MB of artifacts in it. */
export class AttackedHouse {
  private constructor(
    readonly api: ChaosApi,
    readonly database: TestDatabase,
    readonly target: Target,
    readonly removeHome: () => Promise<void>,
  ) {}

  /** @param database one of the tests' if absent. @param store what the environment says of it, if it is no folder */
  static async open(database?: TestDatabase, store: Record<string, string> = {}): Promise<AttackedHouse> {
    const own = database ?? (await createTestDatabase());
    const { folder: home, remove } = await temporaryFolder('studyhall-attack-');
    const env = { ARTIFACT_QUOTA_GB: '0.02', LOG_LEVEL: 'fatal', ...store };
    const api = await ChaosApi.start({ databaseUrl: own.url, home, leaseSeconds: 60, renewSeconds: 1, env });
    return new AttackedHouse(api, own, await aimAt(api, own), remove);
  }

  async close(): Promise<void> {
    await this.api.stop();
    await this.database.drop();
    await this.removeHome();
  }
}
