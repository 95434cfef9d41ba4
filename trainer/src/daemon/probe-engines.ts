/** A process that tells which engines work here. Started by `findEngines`. */
import { availableEngines } from '../engine/open.ts';

process.send?.(await availableEngines(), () => process.exit(0));
