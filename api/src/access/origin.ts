import { isServed, originAllowed, type Reach } from '../../../start/machine/visitor.mjs';

export { originAllowed, type Reach };

/** Whether a request that names this host may be answered. */
export const hostAllowed = (host: string | undefined, reach: Reach): boolean => !!host && isServed(host, reach);
