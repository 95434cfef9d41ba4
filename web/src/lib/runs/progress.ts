import type { RunProgressFieldsFragment } from '@/generated/graphql.ts';

/** The part done, 0 to 1, within the phase under way: epochs whole, and the steps of the epoch under way. */
export function partDone({ state, epochs, epochsDone, progress }: RunProgressFieldsFragment): number {
  if (state === 'SUCCEEDED') return 1;
  const committed = epochs > 0 ? epochsDone / epochs : 0;
  if (state !== 'RUNNING' || !progress || progress.epochs === 0) return clamp(committed);
  const within = progress.steps > 0 ? progress.step / progress.steps : 0;
  const live = (progress.epoch - 1 + within) / progress.epochs;
  // A teacher trained first has epochs of its own; the cohort's committed ones would hide them.
  return clamp(progress.phase === 'teacher' ? live : Math.max(committed, live));
}

/** Seconds left, counted on from the trainer's last word; null when it said nothing. */
export function secondsLeft({ state, progress }: RunProgressFieldsFragment, now: number): number | null {
  if (state !== 'RUNNING' || progress?.etaSeconds == null) return null;
  const passed = (now - Date.parse(progress.at)) / 1000;
  return Math.max(0, progress.etaSeconds - Math.max(0, passed));
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
