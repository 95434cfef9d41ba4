import { join } from 'node:path';
import { createDatabase } from '../../../api/src/postgres/database.ts';
import type { EmbeddedPostgres } from '../../../api/src/postgres/embedded.ts';
import { TestS3 } from '../../../api/src/testing/s3.ts';
import { temporaryPostgres } from '../../postgres.ts';
import { ChaosApi, freePort } from '../fleet/api.ts';
import { Service } from '../fleet/service.ts';
import { ChaosTrainer } from '../fleet/trainer.ts';
import { until } from '../fleet/until.ts';
import { Balancer } from './balancer.ts';

export type Store = 'folder' | 's3';
export type PartsOptions = { store: Store; webs: boolean };

const LEASE_SECONDS = 8;

/** The page server in a process of its own, which can be killed and started again at the same address. */
class ChaosWeb {
  #service: Service | null = null;

  private constructor(
    readonly url: string,
    readonly env: Record<string, string>,
  ) {}

  static async start(apiUrl: string): Promise<ChaosWeb> {
    const port = await freePort();
    const env = { WEB_PORT: String(port), API_URL: apiUrl, STUDYHALL_INSTANCE: 'together' };
    const web = new ChaosWeb(`http://127.0.0.1:${port}`, env);
    await web.restart();
    return web;
  }

  async restart(): Promise<void> {
    const service = new Service('web/server.ts', [], this.env);
    this.#service = service;
    const healthy = () => {
      if (!service.running) throw new Error(`the web server ended:\n${service.output}`);
      return fetch(`${this.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      );
    };
    await until('the pages are served', healthy, (ok) => ok);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    await this.#service?.end(signal);
  }
}

/** Two APIs on one Postgres and one store, both behind one address; two web servers before that, if asked for; three trainers. */
export class Parts {
  readonly apis: ChaosApi[] = [];
  readonly webs: ChaosWeb[] = [];
  readonly trainers: ChaosTrainer[] = [];
  readonly #closers: (() => Promise<unknown>)[] = [];
  postgres!: EmbeddedPostgres;
  s3: TestS3 | null = null;
  /** The address of the APIs. */
  url = '';

  static async open(options: PartsOptions): Promise<Parts> {
    const parts = new Parts();
    try {
      await parts.#open(options);
    } catch (error) {
      await parts.close();
      throw error;
    }
    return parts;
  }

  async #open({ store, webs }: PartsOptions): Promise<void> {
    const { postgres, home, close } = await temporaryPostgres('studyhall-together-', { fsync: 'off' });
    this.postgres = postgres;
    this.#closers.push(close);
    await createDatabase(this.postgres.url, 'together');
    if (store === 's3') {
      const s3 = await TestS3.start();
      this.s3 = s3;
      this.#closers.push(() => s3.close());
    }
    const env = this.s3?.environment ?? { ARTIFACT_FOLDER: join(home, 'shared') };
    // At the same time, on an empty database: one of them migrates.
    const started = ['one', 'other'].map((name) =>
      ChaosApi.start({
        databaseUrl: this.postgres.urlFor('together'),
        home: join(home, name),
        leaseSeconds: LEASE_SECONDS,
        renewSeconds: 1,
        env,
      }),
    );
    this.apis.push(...(await Promise.all(started)));
    this.#closers.push(() => Promise.all(this.apis.map((api) => api.kill())));
    const balancer = await Balancer.before(this.apis.map(({ url }) => url));
    this.#closers.push(() => balancer.close());
    this.url = balancer.url;
    if (webs) for (let i = 0; i < 2; i++) this.webs.push(await ChaosWeb.start(this.url));
    this.#closers.push(() => Promise.all(this.webs.map((web) => web.end('SIGKILL'))));
    this.#closers.push(() => Promise.all(this.trainers.map((trainer) => trainer.remove())));
    const datasets = join(home, 'generated-datasets');
    const addTrainer = async (name: string) => {
      const trainer = await ChaosTrainer.join(this.#first, name, datasets, ['--threads', '1'], false, this.url);
      this.trainers.push(trainer);
      await trainer.says('is in the fleet of');
    };
    // The first makes the datasets for all.
    await addTrainer('ada');
    await Promise.all([addTrainer('ben'), addTrainer('cleo')]);
  }

  /** What is asked for the test itself waits out whoever is away. */
  async patiently<Result>(ask: (api: ChaosApi) => Promise<Result>): Promise<Result> {
    let failure = '';
    const asked = async () => {
      for (const api of this.apis)
        try {
          return { result: await ask(api) };
        } catch (error) {
          failure = String(error);
        }
      return null;
    };
    const found = await until('an API answers', asked, (answer) => answer !== null, 120).catch(() => null);
    if (!found) throw new Error(`no API answered: ${failure}`);
    return found.result;
  }

  async close(): Promise<void> {
    for (const closer of this.#closers.reverse().splice(0)) await closer();
  }

  get #first(): ChaosApi {
    const [api] = this.apis;
    if (!api) throw new Error('no API was started');
    return api;
  }
}
