/** A process that tries every engine and tells which ones start. Started by `findEngines`. */
import { availableEngines } from '../engine/open.ts';

process.send?.(await availableEngines(), () => process.exit(0));
