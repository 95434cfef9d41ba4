import type { RunSpec } from './run-spec.ts';
export const readSpec = (spec: unknown): RunSpec => spec as RunSpec;
