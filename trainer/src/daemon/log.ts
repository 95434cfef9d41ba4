import { readChoice } from '../../../start/machine/environment.mjs';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Lines for whoever watches the daemon: time, level where it matters, text. */
export type Log = Record<(typeof LEVELS)[number], (text: string) => void>;

/** As the API's, which has the same variable. */
const CHOICES = ['trace', ...LEVELS, 'fatal', 'silent'];

/** Writes to stderr what is at least as grave as `least`. */
export function createLog(
  least: string = readChoice(process.env, 'LOG_LEVEL', 'info', CHOICES),
  write: (line: string) => void = writeToStderr,
): Log {
  const line = (level: (typeof LEVELS)[number]) => (text: string) => {
    if (CHOICES.indexOf(level) < CHOICES.indexOf(least)) return;
    write(`${new Date().toISOString().slice(11, 23)} ${level === 'info' ? '' : `${level}: `}${text}\n`);
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}
