import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { specText } from '@studyhall/contract/spec/identity.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { UsageError } from '../../cli.ts';
import { textOf } from '../../data/text.ts';
import type { ArtifactKind, CohortRow, EpochRow, NetworkReport, StoredCheckpoint, TrainingResult } from '../../training/events.ts';

/** The run that a folder belongs to. */
export type Identity = {
  readonly spec: RunSpec;
  readonly seed: number;
  /** Of the dataset's content; absent where nobody has looked before training. */
  readonly datasetHash?: string;
};

/** Whose the folder is, and how far it has come. */
type State = Identity & {
  readonly networks: readonly NetworkReport[];
  readonly checkpoint: { readonly epoch: number; readonly teacherEpoch: number | null; readonly file: string } | null;
};

/** What a run that is done came to. */
export type FinishedRun = Pick<TrainingResult, 'networks' | 'cohort'>;

type Line = { network: number } & EpochRow;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const readOrNull = async (path: string): Promise<string | null> => {
  try {
    return textOf(path, await readFile(path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/** A file that was written here, and may have been opened in an editor since. @throws UsageError when it is no JSON any more. */
const parsed = <T>(path: string, text: string): T => {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} is not JSON (${reason}); put it right, or name another folder by --out`);
  }
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.part`, text);
  await rename(`${path}.part`, path);
};

/** @throws UsageError when a folder's run is not the one that is wanted. */
const checkSame = (path: string, found: Identity, wanted: Identity): void => {
  const named = ({ spec, seed }: Identity) => JSON.stringify([specText(spec), seed]);
  if (named(found) !== named(wanted)) throw new UsageError(`${path} holds a run of another spec or seed; name another folder by --out`);
  const [before, now] = [found.datasetHash, wanted.datasetHash];
  if (before !== undefined && now !== undefined && before !== now)
    throw new UsageError(
      `${path} holds a run on other content of ${wanted.spec.dataset} (${before}, which is ${now} by now); name another folder by --out`,
    );
};

const RUN = 'run.json';
const RESULT = 'result.json';

const NAMES: Readonly<Record<ArtifactKind, string>> = {
  RESUME_STATE: 'checkpoint',
  SELECTED_WEIGHTS: 'weights',
  FINAL_WEIGHTS: 'last-weights',
  TEST_LOGITS: 'test-logits',
  VALIDATION_LOGITS: 'validation-logits',
};

/**
 * The folder of one run without a server:
 *
 *     run.json            spec, seed, networks, and the checkpoint to go on from
 *     metrics.jsonl       a line per network and epoch, and per cohort and epoch
 *     result.json         final figures
 *     run.lock            which process works there, while one does
 *     network-0-weights.safetensors, …
 */
export class OutputFolder {
  readonly path: string;
  #state: State;

  private constructor(path: string, state: State) {
    this.path = path;
    this.#state = state;
  }

  /**
   * Opens a new folder, or one in which the same run was begun: what its metrics hold beyond the checkpoint is dropped.
   *
   * @throws UsageError when the folder holds another run, or one that is done.
   */
  static async open(path: string, run: Identity): Promise<OutputFolder> {
    await mkdir(path, { recursive: true });
    const kept = await readOrNull(join(path, RUN));
    if ((await readOrNull(join(path, RESULT))) !== null)
      throw new UsageError(`${path} holds a run that is done; name another folder by --out`);
    const state: State = kept === null ? { ...run, networks: [], checkpoint: null } : parsed(join(path, RUN), kept);
    checkSame(path, state, run);
    const folder = new OutputFolder(path, state);
    await folder.#dropMetricsBeyondCheckpoint();
    return folder;
  }

  /**
   * The result of the same run, if it is done there; null if it has yet to be trained.
   *
   * @throws UsageError when the folder holds another run, or one on other data.
   */
  static async finished(path: string, run: Identity): Promise<FinishedRun | null> {
    const result = await readOrNull(join(path, RESULT));
    const kept = await readOrNull(join(path, RUN));
    if (result === null || kept === null) return null;
    checkSame(path, parsed<State>(join(path, RUN), kept), run);
    return parsed<FinishedRun>(join(path, RESULT), result);
  }

  /** Where a run that is done keeps the weights of a network. */
  static weightsOf(path: string, network: number): string {
    return join(path, `network-${network}-${NAMES.SELECTED_WEIGHTS}.safetensors`);
  }

  get checkpoint(): { epoch: number; path: string } | undefined {
    const { checkpoint } = this.#state;
    return checkpoint === null ? undefined : { epoch: checkpoint.epoch, path: join(this.path, checkpoint.file) };
  }

  async networks(networks: readonly NetworkReport[]): Promise<void> {
    await this.#keep({ ...this.#state, networks });
  }

  async epochs(rows: readonly EpochRow[], cohort: readonly CohortRow[], checkpoint: StoredCheckpoint | null): Promise<void> {
    const lines = [...rows, ...cohort].map((row) => `${JSON.stringify(row)}\n`);
    await appendFile(join(this.path, 'metrics.jsonl'), lines.join(''));
    if (checkpoint === null) return;
    const { epoch, teacherEpoch, file } = checkpoint;
    await this.#keep({ ...this.#state, checkpoint: { epoch, teacherEpoch, file: basename(file.path) } });
  }

  /** Writes the result, gives weights and logits their plain names, and removes the checkpoint. */
  async finish(result: TrainingResult): Promise<void> {
    const artifacts = [];
    for (const { kind, network, epoch, file } of result.artifacts) {
      // Selected and last weights may be one file.
      if (kind === 'FINAL_WEIGHTS' && result.artifacts.some((other) => other.kind === 'SELECTED_WEIGHTS' && other.file.path === file.path))
        continue;
      const name = `network-${network}-${NAMES[kind]}.safetensors`;
      await rename(file.path, join(this.path, name));
      artifacts.push({ kind, network, epoch, file: name, sha256: file.sha256 });
    }
    const { networks, cohort } = result;
    await writeWhole(join(this.path, RESULT), `${JSON.stringify({ networks, cohort, artifacts }, null, 2)}\n`);
    if (this.checkpoint) await rm(this.checkpoint.path, { force: true });
    await this.#keep({ ...this.#state, checkpoint: null });
  }

  async #keep(state: State): Promise<void> {
    this.#state = state;
    await writeWhole(join(this.path, RUN), `${JSON.stringify(state, null, 2)}\n`);
  }

  async #dropMetricsBeyondCheckpoint(): Promise<void> {
    const path = join(this.path, 'metrics.jsonl');
    const text = await readOrNull(path);
    if (text === null) return;
    const { checkpoint, networks } = this.#state;
    const isTeacher = (network: number) => networks.some(({ index, role }) => index === network && role === 'TEACHER');
    const reach = (line: Partial<Line>) =>
      (line.network !== undefined && isTeacher(line.network) ? checkpoint?.teacherEpoch : checkpoint?.epoch) ?? 0;
    const whole = text.split(/\r?\n/).filter((line) => line.endsWith('}'));
    const kept = whole.filter((line) => {
      const row = parsed<Line>(path, line);
      return row.epoch <= reach(row);
    });
    await writeWhole(path, kept.map((line) => `${line}\n`).join(''));
  }
}
