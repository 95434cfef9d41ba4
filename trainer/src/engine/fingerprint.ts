import { cpus } from 'node:os';
import type { Fingerprint } from './engine.ts';

/** This machine's CPU as its maker names it, with its instruction set's family. */
const cpuName = (): string => `${cpus()[0]?.model.trim() ?? 'unknown CPU'} (${process.arch})`;

export const fingerprintOf = (own: Omit<Fingerprint, 'cpu'>): Fingerprint => ({ ...own, cpu: cpuName() });
