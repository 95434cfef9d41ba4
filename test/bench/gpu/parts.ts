/** One thing to be done, in a time of its own. */
export type Part = {
  readonly name: string;
  /** Most seconds that it may take; less where less is left in all. */
  readonly seconds: number;
  /**
   * `keep` is called with what is known so far, which stays in the document if the part fails or is cut. Once the signal is aborted the part has
   * to end what it started. Throws if the part failed.
   */
  readonly run: (signal: AbortSignal, keep: (result: unknown) => void) => Promise<void>;
};

export type Done = {
  readonly name: string;
  /** `running` in the end: the whole was ended while it ran. */
  readonly state: 'running' | 'done' | 'failed' | 'cut' | 'not run';
  readonly seconds: number;
  readonly result?: unknown;
  readonly why?: string;
};

/** What is not begun with less than this left: nothing would come of it. */
const LEAST_SECONDS = 5;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const runPart = async (part: Part, limit: number, kept: (done: Done) => void): Promise<Done> => {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 100) / 10;
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), limit * 1000);
  let result: unknown;
  const end = (state: Done['state'], why?: string): Done => ({
    name: part.name,
    state,
    seconds: seconds(),
    ...(result === undefined ? {} : { result }),
    ...(why === undefined ? {} : { why }),
  });
  const cut = `it was cut after ${Math.round(limit)} s`;
  try {
    await part.run(controller.signal, (own) => {
      result = own;
      kept(end('running'));
    });
    return controller.signal.aborted ? end('cut', cut) : end('done');
  } catch (error) {
    return controller.signal.aborted ? end('cut', cut) : end('failed', messageOf(error));
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs stages one after the other, the parts of a stage side by side, within a time for each and one for all. What fails or does not fit does
 * not stop the others.
 *
 * @param stages each made when its turn comes, of what is known by then
 * @param changed called with all parts so far whenever one of them says or finishes something
 */
export const runParts = async (
  stages: readonly ((done: readonly Done[]) => readonly Part[])[],
  totalSeconds: number,
  changed: (done: readonly Done[]) => void,
): Promise<Done[]> => {
  const end = performance.now() + totalSeconds * 1000;
  const all: Done[] = [];
  for (const stage of stages) {
    const first = all.length;
    const put = (index: number, done: Done) => {
      all[first + index] = done;
      changed(all.filter((own) => own !== undefined));
    };
    await Promise.all(
      stage([...all]).map(async (part, index) => {
        const left = (end - performance.now()) / 1000;
        const limit = Math.min(part.seconds, left);
        if (limit < Math.min(LEAST_SECONDS, part.seconds)) {
          put(index, { name: part.name, state: 'not run', seconds: 0, why: `too little was left of ${totalSeconds} s` });
          return;
        }
        put(index, await runPart(part, limit, (own) => put(index, own)));
      }),
    );
  }
  return all;
};
