import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../api/src/testing/database.ts';
import { ChaosApi } from './api.ts';
import { ChaosTrainer } from './trainer.ts';

/** An API on a database of its own, and the trainers that joined it. */
export class ChaosHouse {
  readonly #trainers: ChaosTrainer[] = [];

  private constructor(
    readonly api: ChaosApi,
    readonly database: TestDatabase,
  ) {}

  /** Whoever comes back finds its lease, however long a busy machine takes to start it again, unless a test is about the lease's end. */
  static async open({ leaseSeconds = 60, renewSeconds = 1 } = {}): Promise<ChaosHouse> {
    const database = await createTestDatabase();
    const home = await mkdtemp(join(tmpdir(), 'studyhall-chaos-api-'));
    return new ChaosHouse(await ChaosApi.start({ databaseUrl: database.url, home, leaseSeconds, renewSeconds }), database);
  }

  /** A new trainer, which has announced its datasets. With two slots a run computes in one thread, which bears a busy machine better. */
  async trainer(name: string, onSmallDisk = false, url = this.api.url, args: string[] = []): Promise<ChaosTrainer> {
    const datasets = join(this.api.home, 'generated-datasets');
    const trainer = await ChaosTrainer.join(this.api, name, datasets, ['--slots', '2', ...args], onSmallDisk, url);
    this.#trainers.push(trainer);
    await trainer.says('is in the fleet of');
    return trainer;
  }

  /** Ends all trainers: the next test begins with none. */
  async dismiss(): Promise<void> {
    await Promise.all(this.#trainers.splice(0).map((trainer) => trainer.remove()));
  }

  async close(): Promise<void> {
    await this.dismiss();
    await this.api.stop();
    await this.database.drop();
    await rm(this.api.home, { recursive: true, force: true });
  }
}
