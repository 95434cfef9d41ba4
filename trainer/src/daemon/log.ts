const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Lines for whoever watches the daemon: time, level where it matters, text. */
export type Log = Record<(typeof LEVELS)[number], (text: string) => void>;

/** Writes to stderr what is at least as grave as `least`. */
export function createLog(least: string = process.env.LOG_LEVEL ?? 'info', write: (line: string) => void = writeToStderr): Log {
  const from = Math.max(0, (LEVELS as readonly string[]).indexOf(least));
  const line = (level: (typeof LEVELS)[number]) => (text: string) => {
    if (LEVELS.indexOf(level) < from) return;
    write(`${new Date().toISOString().slice(11, 23)} ${level === 'info' ? '' : `${level}: `}${text}\n`);
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}
