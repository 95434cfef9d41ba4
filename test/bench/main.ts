import { endInOrder } from '../ending.ts';
import { analyses } from './analyses/main.ts';
import { api } from './api/main.ts';
import { gpu } from './gpu/main.ts';
import { parity } from './parity/main.ts';
import { train } from './train/main.ts';

const BENCHMARKS: Readonly<Record<string, (args: string[]) => Promise<number>>> = { train, parity, gpu, api, analyses };

endInOrder();
const [name = '', ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name];
if (benchmark === undefined) {
  process.stderr.write(`npm run bench -- NAME [options]; there are: ${Object.keys(BENCHMARKS).join(', ')} (--help says more)\n`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await benchmark(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
