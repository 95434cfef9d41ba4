import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { SmallDisk } from '../../../api/src/testing/small-disk.ts';
import { temporaryFolder } from '../../ending.ts';
import type { ChaosApi } from './api.ts';
import { Service } from './service.ts';
import { until } from './until.ts';

/** A trainer daemon in a process of its own; started again it finds its folder as it left it. */
export class ChaosTrainer {
  #service: Service;

  private constructor(
    readonly name: string,
    readonly home: string,
    readonly start: () => Service,
    /** A disk of its own that holds its folder. */
    readonly disk: SmallDisk | null,
    readonly removeHome: () => Promise<void>,
  ) {
    this.#service = start();
  }

  /** In a new folder, but with the generated datasets that a trainer before it made. */
  static async join(
    api: ChaosApi,
    name: string,
    datasets: string,
    args: string[] = [],
    onSmallDisk = false,
    url = api.url,
  ): Promise<ChaosTrainer> {
    const { folder: home, remove } = await temporaryFolder('studyhall-chaos-trainer-');
    const disk = onSmallDisk ? await SmallDisk.mount(home) : null;
    await mkdir(datasets, { recursive: true });
    await mkdir(join(home, 'trainer'));
    await symlink(datasets, join(home, 'trainer', 'datasets'));
    // As on a machine without a GPU, wherever the tests run.
    const gpu = { CUDA_VISIBLE_DEVICES: '' };
    const env = { ...gpu, STUDYHALL_HOME: home, STUDYHALL_TOKEN: await api.trainerToken(), STUDYHALL_DATA: join(home, 'data') };
    return new ChaosTrainer(
      name,
      home,
      () => new Service('trainer/src/main.ts', ['join', '--api', url, '--name', name, ...args], env),
      disk,
      remove,
    );
  }

  get output(): string {
    return this.#service.output;
  }

  /** The daemon's next start, after it ended. */
  restart(): void {
    this.#service = this.start();
  }

  signal(signal: NodeJS.Signals): void {
    this.#service.signal(signal);
  }

  end(signal: NodeJS.Signals): Promise<number | null> {
    return this.#service.end(signal);
  }

  /** Waits until it has ended by itself; its exit code. */
  ended(): Promise<number | null> {
    return this.#service.ended();
  }

  /** Ends it by force and removes what it kept. */
  async remove(): Promise<void> {
    await this.#service.end('SIGKILL');
    await this.disk?.unmount();
    await this.removeHome();
  }

  /** Kills the process that trains now, as a crash in native code would. */
  async killChild(): Promise<void> {
    process.kill(await this.childPid(), 'SIGKILL');
  }

  async childPid(): Promise<number> {
    const jobs = join(this.home, 'trainer', 'jobs');
    const pid = async () => {
      for (const name of await readdir(jobs).catch(() => [])) {
        const noted = Number(await readFile(join(jobs, name, 'child.pid'), 'utf8').catch(() => ''));
        if (noted > 0) return noted;
      }
      return 0;
    };
    return until(`${this.name} trains in a process`, pid, (found) => found > 0);
  }

  /** Waits until the result of its run lies in its outbox. */
  async hasTrainedToTheEnd(): Promise<void> {
    const jobs = join(this.home, 'trainer', 'jobs');
    const outbox = async () => {
      const [name = ''] = await readdir(jobs);
      return readFile(join(jobs, name, 'outbox.jsonl'), 'utf8');
    };
    await until(`${this.name} has a result in its outbox`, outbox, (text) => text.includes('"kind":"finish"'));
  }

  /** Waits for a line of its log. */
  async says(text: string): Promise<void> {
    const heard = () => this.output.includes(text);
    await until(`${this.name} says "${text}"`, heard, (said) => said || !this.#service.running).catch(() => undefined);
    if (!heard()) throw new Error(`${this.name} never said "${text}"; it said:\n${this.output}`);
  }
}
