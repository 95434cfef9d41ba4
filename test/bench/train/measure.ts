import { fileURLToPath } from 'node:url';
import { withLargePages } from '../../../trainer/src/engine/large-pages.ts';
import { BATCH, EVALUATION_BATCH, type Row } from './rows.ts';
import { type Built, Subject } from './subject.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export type Options = {
  readonly engines: readonly string[];
  readonly threads: number;
  readonly rounds: number;
  readonly python: string | null;
  readonly compile: boolean;
  /** PyTorch must find a GPU, too: else it would be held against on the CPU, and nothing said. */
  readonly gpu?: boolean;
  /** Once it is aborted, what was measured until then counts. */
  readonly signal?: AbortSignal;
  /** What an engine's process has in its environment beside this one's. */
  readonly environmentOf?: (engine: string) => NodeJS.ProcessEnv;
};

/** What one engine reached on one row. */
export type Result = {
  readonly name: string;
  readonly engine: string;
  readonly parameters: number;
  readonly compileMs: number;
  /** Median over the rounds of each round's median. */
  readonly stepMs: number;
  /** The fastest step of all: what the machine can do when nothing else uses it. */
  readonly fastestMs: number;
  readonly imagesPerSecond: number;
  readonly evaluationImagesPerSecond: number;
  /** Images evaluated, in the trainer's larger batches, in the time that one takes in training. */
  readonly evaluationRatio: number;
  readonly peakMegabytes: number;
  /** PyTorch's time over this engine's, for either layout: of the fastest steps, and as the median of the rounds' ratios. */
  readonly againstDefault?: Ratio;
  readonly againstChannelsLast?: Ratio;
  /** Channels-last, by torch.compile. */
  readonly againstCompiled?: Ratio;
};

export type Ratio = { readonly fastest: number; readonly typical: number };

const WARM_UP = 3;
const STEPS_PER_ROUND = 5;
/** In a row, as they come after an epoch: for a moment after its last step, the training session still keeps a core busy. */
const EVALUATIONS_PER_ROUND = 8;

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
};

/** In a process as the daemon starts them. */
const ours = (row: Row, engine: string, { threads, environmentOf }: Options) => {
  const args = ['--import', 'tsx', here('worker.ts'), row.name, engine, String(threads), String(row.batch ?? BATCH)];
  return new Subject(engine, process.execPath, args, withLargePages({ ...process.env, ...environmentOf?.(engine) }));
};

const theirs = (row: Row, python: string, layout: string, { threads, engines, gpu }: Options, compile: boolean) =>
  new Subject(`pytorch ${layout}${compile ? ' compiled' : ''}`, python, [
    here('pytorch.py'),
    row.name,
    layout,
    String(threads),
    String(row.batch ?? BATCH),
    ...(compile ? ['--compile'] : []),
    // Engines of the CPU are held against PyTorch on the CPU, also where it finds a GPU.
    ...(engines.every((engine) => /^(compiled-cpu|reference)(:|$)/.test(engine)) ? ['--cpu'] : []),
    ...(gpu ? ['--gpu'] : []),
  ]);

const subjectsOf = (row: Row, options: Options): Subject[] => {
  const { engines, python, compile } = options;
  const own = engines.map((engine) => ours(row, engine, options));
  if (python === null) return own;
  const eager = ['default', 'channels-last'].map((layout) => theirs(row, python, layout, options, false));
  return [...own, ...eager, ...(compile ? [theirs(row, python, 'channels-last', options, true)] : [])];
};

/** Takes turns: a few steps of each, again and again, so that what else the machine does falls on all alike. */
export const measureRow = async (row: Row, options: Options): Promise<{ results: Result[]; failures: string[] }> => {
  const subjects = subjectsOf(row, options);
  const failures: string[] = [];
  const running: { subject: Subject; built: Built; rounds: number[]; fastest: number; evaluations: number[]; peak: number }[] = [];
  const said = (error: unknown) => failures.push(error instanceof Error ? error.message : String(error));
  const cut = () => {
    for (const subject of subjects) subject.kill();
  };
  options.signal?.addEventListener('abort', cut);
  const isCut = () => options.signal?.aborted === true;
  try {
    for (const subject of subjects) {
      try {
        const built = await subject.built();
        await subject.measure({ steps: WARM_UP });
        running.push({ subject, built, rounds: [], fastest: Number.POSITIVE_INFINITY, evaluations: [], peak: 0 });
      } catch (error) {
        said(error);
      }
    }
    for (let round = 0; round < options.rounds && !isCut(); round++) {
      for (const own of [...running]) {
        try {
          const { ms, peakMegabytes } = await own.subject.measure({ steps: STEPS_PER_ROUND });
          const { ms: evaluations } = await own.subject.measure({ evaluations: EVALUATIONS_PER_ROUND });
          own.rounds.push(median(ms));
          own.fastest = Math.min(own.fastest, ...ms);
          own.peak = peakMegabytes;
          own.evaluations.push(...evaluations);
        } catch (error) {
          if (isCut()) break;
          said(error);
          running.splice(running.indexOf(own), 1);
        }
      }
    }
  } finally {
    options.signal?.removeEventListener('abort', cut);
    for (const subject of subjects) await subject.end();
  }
  const whole = running.filter(({ rounds }) => rounds.length > 0);

  const against = (own: (typeof running)[number], layout: string): Ratio | undefined => {
    const other = whole.find(({ subject }) => subject.name === `pytorch ${layout}`);
    if (other === undefined) return undefined;
    // Where a turn was cut, some have one more than others.
    const turns = Math.min(own.rounds.length, other.rounds.length);
    const ratios = own.rounds.slice(0, turns).map((ms, round) => (other.rounds[round] as number) / ms);
    return { fastest: other.fastest / own.fastest, typical: median(ratios) };
  };
  const results = whole.map((own) => {
    const stepMs = median(own.rounds);
    const imagesPerSecond = ((row.batch ?? BATCH) / stepMs) * 1000;
    const evaluationImagesPerSecond = (EVALUATION_BATCH / median(own.evaluations)) * 1000;
    const ratios = own.subject.name.startsWith('pytorch')
      ? {}
      : {
          againstDefault: against(own, 'default'),
          againstChannelsLast: against(own, 'channels-last'),
          againstCompiled: against(own, 'channels-last compiled'),
        };
    return {
      name: own.subject.name,
      ...own.built,
      stepMs,
      fastestMs: own.fastest,
      imagesPerSecond,
      evaluationImagesPerSecond,
      evaluationRatio: evaluationImagesPerSecond / imagesPerSecond,
      peakMegabytes: own.peak,
      ...ratios,
    };
  });
  return { results, failures };
};
