import type { RunSpec } from './run-spec.ts';

export type MethodName = 'INDEPENDENT' | 'DISTILLATION' | 'MUTUAL' | 'CONFIDENCE_PENALTY';

/** Which method a spec names. */
export function methodNameOf({ method }: Pick<RunSpec, 'method'>): MethodName {
  if (method.distillation) return 'DISTILLATION';
  if (method.confidencePenalty) return 'CONFIDENCE_PENALTY';
  return method.mutual ? 'MUTUAL' : 'INDEPENDENT';
}
