import type { RunState } from '@/generated/graphql.ts';

/** What is said of a run that was to be cancelled and has ended otherwise; null where it was cancelled, or has not ended. */
export function tooLateWords(state: RunState): string | null {
  if (state === 'SUCCEEDED') return 'Not cancelled: the run had just succeeded.';
  return state === 'FAILED' ? 'Not cancelled: the run had just failed.' : null;
}
