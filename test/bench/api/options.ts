import { parseArgs } from 'node:util';

export const partNames = ['leaderboard', 'rows', 'subscribers', 'viewers', 'home'] as const;
export type PartName = (typeof partNames)[number];

export type Options = {
  /** Finished runs that the house holds. */
  runs: number;
  /** Epoch rows of each of a run's two networks. */
  epochs: number;
  /** What a part's measurement may take, apart from its preparation. */
  seconds: number;
  /** Who watch one run. */
  subscribers: number;
  /** Open leaderboards, measured one number after the other. */
  viewers: readonly number[];
  /** Trainers that commit beside the viewers. */
  trainers: number;
  only: readonly PartName[];
  /** Whether MLflow is measured beside. */
  mlflow: boolean;
  /** The Python that has it; undefined: one that is found. */
  python: string | undefined;
  json: boolean;
};

export const HELP = `npm run bench -- api [options]

What a team lives through at one house, on a Postgres of its own that writes to disk: the leaderboard and the runs list, epoch rows per second,
subscribers of one run, open leaderboards beside trainers that commit, the first page's HTML.

  --runs N          finished runs (10000), in groups of five seeds
  --epochs N        epoch rows of each of their two networks (2,000,000 rows in all, at least 10 and at most 100)
  --seconds N       for each measurement (10)
  --subscribers N   who watch one run's metrics (1000)
  --viewers N,M     open leaderboards, one number after the other (40,200)
  --trainers N      trainers that commit beside them (8)
  --only PARTS      some of ${partNames.join(',')}
  --python PATH     a Python with mlflow and psycopg2 ($PYTHON, python3): MLflow is measured beside, on the same Postgres, in turns
  --no-mlflow       even if there is one
  --json            one JSON document instead of the table
`;

/** @returns undefined: help was asked for. @throws naming the option and what would be right. */
export function readOptions(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '10000' },
      epochs: { type: 'string' },
      seconds: { type: 'string', default: '10' },
      subscribers: { type: 'string', default: '1000' },
      viewers: { type: 'string', default: '40,200' },
      trainers: { type: 'string', default: '8' },
      only: { type: 'string' },
      python: { type: 'string' },
      'no-mlflow': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const runs = whole('runs', values.runs, 15, 1_000_000);
  const few = Math.min(100, Math.max(10, Math.round(1_000_000 / runs)));
  return {
    runs,
    epochs: values.epochs === undefined ? few : whole('epochs', values.epochs, 1, 2000),
    seconds: number('seconds', values.seconds, 0.1, 600),
    subscribers: whole('subscribers', values.subscribers, 1, 1900),
    viewers: values.viewers.split(',').map((given) => whole('viewers', given.trim(), 1, 1900)),
    trainers: whole('trainers', values.trainers, 1, 64),
    only: values.only === undefined ? partNames : values.only.split(',').map(partOf),
    mlflow: !values['no-mlflow'],
    python: values.python,
    json: values.json,
  };
}

function number(option: string, given: string, least: number, most: number): number {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (!(value >= least && value <= most)) throw new Error(`--${option} ${given}: a number from ${least} to ${most} is wanted`);
  return value;
}

function whole(option: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > most)
    throw new Error(`--${option} ${given}: a whole number from ${least} to ${most} is wanted`);
  return value;
}

function partOf(given: string): PartName {
  const part = partNames.find((name) => name === given.trim());
  if (!part) throw new Error(`--only ${given}: there is no such part; there are ${partNames.join(', ')}`);
  return part;
}
