import { inBytes } from './bytes.ts';

/** Told how many bytes of a file are here, and how many it has, where that is known. */
export type Progress = (received: number, total: number | undefined) => void;

type Terminal = { readonly isTTY?: boolean | undefined; write(text: string): unknown };

const TEN_PERCENT = 10;
const BETWEEN_MS = 200;

/** Shows how a file comes in: a line that is written over on a terminal, else a line for each tenth of it. */
export const showProgress = (name: string, out: Terminal = process.stdout): Progress => {
  let shown = -1;
  let last = 0;
  return (received, total) => {
    const percent = total === undefined ? undefined : Math.floor((100 * received) / Math.max(total, 1));
    const text = `  ${name}: ${inBytes(received)}${total === undefined ? '' : ` of ${inBytes(total)} (${percent} %)`}`;
    if (out.isTTY) {
      const isEnd = received === total;
      if (!isEnd && performance.now() - last < BETWEEN_MS) return;
      last = performance.now();
      out.write(`\r${text}\x1b[K${isEnd ? '\n' : ''}`);
      return;
    }
    const step = percent === undefined ? Math.floor(received / 1e8) : Math.floor(percent / TEN_PERCENT);
    if (step === shown) return;
    shown = step;
    out.write(`${text}\n`);
  };
};
