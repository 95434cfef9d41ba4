import { UsageError } from './cli.ts';

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const mostMs = 30 * 24 * 3_600_000;

/**
 * Milliseconds of a duration as people write it: `90s`, `10m`, `1.5h`.
 *
 * @throws UsageError naming the option: a number without its unit could be any.
 */
export function readDuration(option: string, text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/.exec(text.trim()) ?? [];
  const ms = Math.round(Number(number) * (units[unit] ?? 0));
  if (number !== '' && ms > 0 && ms <= mostMs) return ms;
  throw new UsageError(`${option} is "${text}"; it must be a duration of up to 720h, such as 90s, 10m or 1.5h`);
}
