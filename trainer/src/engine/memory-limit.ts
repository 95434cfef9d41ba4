import { totalmem } from 'node:os';

/** Bytes of memory that this process may ever have: the machine's, or what its container is allowed. */
export const memoryLimit = (): number => {
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
};

/** 12.3 GiB */
export const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
