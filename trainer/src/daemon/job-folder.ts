import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Identity, identify } from '../../../start/machine/process.mjs';
import type { StoredCheckpoint, StoredFile } from '../stored-files.ts';
import type { Claim } from '../work/claim.ts';
import { knownKinds } from '../work/kinds.ts';
import { errorCode, keepDurably, writeDurably } from './durable.ts';
import { Outbox } from './outbox.ts';
import type { Report } from './reports.ts';

/** What the API asked of this trainer when it handed out the claim. */
export type Terms = { renewSeconds: number };

/**
 * What one attempt at a job keeps on the disk, so that a killed daemon can go on with it:
 *
 *     claim.json     the claim and its terms
 *     outbox.jsonl   reports not yet delivered, and those before them
 *     files/         checkpoints and weights that reports name, by SHA-256
 *     child.pid      the process that works, and child.json what else it is known by
 *     work-…/        one folder for each process that worked
 */
export class JobFolder {
  #serial: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly path: string,
    readonly claim: Claim,
    readonly terms: Terms,
    readonly outbox: Outbox,
  ) {}

  static async create(jobs: string, claim: Claim, terms: Terms): Promise<JobFolder> {
    const path = join(jobs, `${claim.jobId}-${claim.attempt}`);
    await rm(path, { recursive: true, force: true });
    await mkdir(join(path, 'files'), { recursive: true, mode: 0o700 });
    const { renewSeconds } = terms;
    await writeDurably(join(path, 'claim.json'), JSON.stringify({ claim, terms: { renewSeconds } }));
    return new JobFolder(path, claim, { renewSeconds }, await Outbox.open(path));
  }

  /**
   * Folders that an earlier daemon left. What was never begun is removed; what cannot be read, after a power cut or a failing disk, is set
   * aside and named.
   */
  static async findAll(jobs: string, damaged: (path: string, reason: string) => void = () => undefined): Promise<JobFolder[]> {
    const found: JobFolder[] = [];
    for (const name of await readdir(jobs)) {
      const path = join(jobs, name);
      try {
        const kept = await readClaim(path);
        if (kept) found.push(new JobFolder(path, kept.claim, kept.terms, await Outbox.open(path)));
        else await rm(path, { recursive: true, force: true });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        damaged((await setAside(path, error)) ?? path, reason);
      }
    }
    return found;
  }

  get lease(): { jobId: string; attempt: number } {
    return { jobId: this.claim.jobId, attempt: this.claim.attempt };
  }

  /** Puts a report, and the files it names, on the disk. They are sent from there, whatever their writer does with its own. */
  store(report: Report): Promise<void> {
    return this.#inTurn(async () => {
      await this.outbox.append(await withFiles(report, (file) => this.#keep(file)));
    });
  }

  /** The newest checkpoint that was reported from here; null when there is none yet. */
  get newestCheckpoint(): StoredCheckpoint | null {
    for (const { report } of this.outbox.entries.toReversed()) {
      if (report.kind === 'commit' && report.checkpoint) return report.checkpoint;
    }
    return null;
  }

  /** Removes files that nothing will ask for again. Not while a batch is being sent. */
  dropSuperseded(): Promise<void> {
    return this.#inTurn(async () => {
      const needed = new Set([this.newestCheckpoint?.file.sha256]);
      const final = this.outbox.final?.report;
      if (final?.kind === 'finish') for (const { file } of final.artifacts) needed.add(file.sha256);
      for (const name of await readdir(this.#files)) if (!needed.has(name)) await rm(join(this.#files, name), { force: true });
    });
  }

  /** A new, empty folder for a process that works. */
  workDir(): Promise<string> {
    return mkdtemp(join(this.path, 'work-'));
  }

  async notePid(pid: number): Promise<void> {
    await writeFile(join(this.path, 'child.pid'), String(pid));
    await writeFile(join(this.path, 'child.json'), JSON.stringify(await identify(pid)));
  }

  /** The process that worked last, as an earlier daemon noted it. */
  async notedPid(): Promise<number | null> {
    return Number(await readFile(join(this.path, 'child.pid'), 'utf8').catch(() => '')) || null;
  }

  /** What that process is known by; null if it was not noted, or only in part. */
  async notedIdentity(): Promise<Identity | null> {
    try {
      return JSON.parse(await readFile(join(this.path, 'child.json'), 'utf8')) as Identity | null;
    } catch {
      return null;
    }
  }

  /** Closes the outbox; with `remove` nothing is left on the disk. */
  async close(remove: boolean): Promise<void> {
    await this.#serial;
    await this.outbox.close();
    if (remove) await rm(this.path, { recursive: true, force: true });
  }

  get #files(): string {
    return join(this.path, 'files');
  }

  async #keep(file: StoredFile): Promise<StoredFile> {
    const path = join(this.#files, file.sha256);
    if (file.path !== path) await keepDurably(file.path, path);
    return { ...file, path };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#serial.then(work);
    this.#serial = result.catch(() => undefined);
    return result;
  }
}

async function withFiles(report: Report, keep: (file: StoredFile) => Promise<StoredFile>): Promise<Report> {
  if (report.kind === 'commit' && report.checkpoint) {
    return { ...report, checkpoint: { ...report.checkpoint, file: await keep(report.checkpoint.file) } };
  }
  if (report.kind !== 'finish') return report;
  const artifacts = [];
  for (const artifact of report.artifacts) artifacts.push({ ...artifact, file: await keep(artifact.file) });
  return { ...report, artifacts };
}

/** Moves a folder that is damaged; one that cannot be read just now, for the system's reasons, stays for another start. */
async function setAside(path: string, error: unknown): Promise<string | null> {
  const code = errorCode(error);
  if (code !== null && code !== 'EIO') return null;
  const aside = join(dirname(path), '..', `damaged-${basename(path)}-${Date.now()}`);
  await rename(path, aside);
  return aside;
}

async function readClaim(folder: string): Promise<{ claim: Claim; terms: Terms } | null> {
  const path = join(folder, 'claim.json');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  });
  if (text === null) return null;
  const kept = JSON.parse(text) as { claim?: Claim | ClaimOfRun; terms?: Terms & { stallSeconds?: number } } | null;
  if (!kept?.claim?.jobId || !kept.terms) throw new Error(`${path} holds no claim`);
  const claim = upToDate(kept.claim, kept.terms);
  if (!knownKinds.includes(claim.kind)) throw new Error(`${path} holds a ${claim.kind} job, of which this version knows nothing`);
  return { claim, terms: kept.terms };
}

/** A claim as the version before kept it: of a run, and of nothing else. Its daemon may have been ended for an update. */
type ClaimOfRun = Pick<Claim, 'jobId' | 'attempt' | 'expiresAt' | 'checkpoint'> &
  Omit<NonNullable<Claim['train']>, 'checkpointEvery'> & { execution?: { engine?: Claim['engine']; checkpointEvery?: number } };

function upToDate(claim: Claim | ClaimOfRun, terms: { stallSeconds?: number }): Claim {
  if (!('spec' in claim)) return claim;
  const { jobId, attempt, expiresAt, checkpoint, execution, ...train } = claim;
  const { engine = 'AUTO', checkpointEvery = 1 } = execution ?? {};
  const { stallSeconds = 120 } = terms;
  return {
    jobId,
    kind: 'TRAIN',
    attempt,
    expiresAt,
    engine,
    stallSeconds,
    checkpoint,
    train: { ...train, checkpointEvery },
    analyse: null,
  };
}
