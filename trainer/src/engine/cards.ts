import { execFile } from 'node:child_process';

/** An NVIDIA card, as `nvidia-smi` tells of it. */
export type Card = {
  readonly name: string;
  /** The driver's version, such as `550.54.15`. */
  readonly driver: string;
  /** MiB. */
  readonly memory: number;
  /** Compute capability, such as `9.0`; absent where the driver is too old to tell. */
  readonly capability?: string;
};

const FIELDS = ['name', 'driver_version', 'memory.total', 'compute_cap'] as const;

/** The cards in what `nvidia-smi --query-gpu=… --format=csv,noheader,nounits` prints. */
export const parseCards = (text: string): Card[] =>
  text
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 3)
    .map(([name = '', driver = '', memory = '', capability = '']) => ({
      name,
      driver,
      memory: Number(memory),
      ...(/^\d+\.\d+$/.test(capability) ? { capability } : {}),
    }));

const ask = (fields: readonly string[]): Promise<Card[] | null> =>
  new Promise((resolve) =>
    execFile('nvidia-smi', [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'], { timeout: 30_000 }, (error, stdout) =>
      resolve(error ? null : parseCards(stdout)),
    ),
  );

/** The cards that the driver knows; none where there is no driver, or one that does not work. A driver from before 510 does not know the last field. */
export const readCards = async (): Promise<Card[]> => (await ask(FIELDS)) ?? (await ask(FIELDS.slice(0, 3))) ?? [];
