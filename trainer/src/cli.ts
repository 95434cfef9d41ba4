import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A command as typed could not be understood; its message says what could be. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Reads a command's arguments.
 *
 * @throws UsageError for an unknown or incomplete option, with the list of those there are.
 */
export function parseCommand<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args, options, allowPositionals, strict: true });
  } catch (error) {
    const known = Object.keys(options).map((name) => `--${name}`);
    const problem = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new UsageError(`${problem}. Options: ${known.join(', ')}`);
  }
}

/** A whole number within bounds. @throws UsageError otherwise. */
export function readCount(option: string, text: string, least: number, most: number): number {
  // `0x10`, `1e3` and nothing at all are numbers to JavaScript alone.
  const count = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new UsageError(`${option} is "${text}"; it must be a whole number from ${least} to ${most}`);
  }
  return count;
}
