/** A process that measures one engine: started by `benchmarkEngine`, with the engine's name as its argument. */
import { setPriority } from 'node:os';
import { openEngine } from '../engine/open.ts';
import { type Measured, measureEngine } from './measure.ts';

const [name = '', polite] = process.argv.slice(2);
// Runs on the same machine go first.
if (polite === 'polite') setPriority(19);
process.on('disconnect', () => process.exit(1));
process.send?.(await measured(), () => process.exit(0));

async function measured(): Promise<Measured> {
  try {
    return { benchmarks: await measureEngine(await openEngine(name)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
