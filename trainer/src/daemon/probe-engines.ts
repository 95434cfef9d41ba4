/** A process that tells which engines work here. Started by `findEngines`. */
import { availableEngines } from '../engine/available.ts';

process.send?.(await availableEngines(), () => process.exit(0));
