import type { RunProgressFieldsFragment } from '@/generated/graphql.ts';
import { wholeNumber } from '../format/number.ts';

/** Where a run is, from all that is known of it: what a bar, a sentence, a header and a list say alike. */
export type Place = {
  /** Of the epochs of what is under way. */
  epoch: number;
  epochs: number;
  teacher: boolean;
  /** What the trainer said within this epoch; absent where its last word is older than what has been committed since. */
  word: NonNullable<RunProgressFieldsFragment['progress']> | null;
};

/**
 * The epoch under way. The trainer's last word may be older than its last commit, and the other way round: the later one holds, and of an
 * older word no step or loss is shown.
 *
 * @param committed epochs whose rows are known, where those were read by themselves.
 * @returns null for a run that is not under way, or of which nothing has been heard yet.
 */
export function placeOf({ state, epochs, epochsDone, progress }: RunProgressFieldsFragment, committed = 0): Place | null {
  if (state !== 'RUNNING') return null;
  const done = Math.max(epochsDone, committed);
  if (progress && (progress.phase === 'teacher' ? done === 0 : progress.epoch > done))
    return { epoch: progress.epoch, epochs: progress.epochs, teacher: progress.phase === 'teacher', word: progress };
  return done > 0 ? { epoch: Math.min(done + 1, epochs), epochs, teacher: false, word: null } : null;
}

/** The part done, 0 to 1, within the phase under way: epochs whole, and the steps of the epoch under way. */
export function partDone(run: RunProgressFieldsFragment, committed = 0): number {
  if (run.state === 'SUCCEEDED') return 1;
  const place = placeOf(run, committed);
  if (!place?.word || place.epochs === 0) return clamp(run.epochs > 0 ? Math.max(run.epochsDone, committed) / run.epochs : 0);
  const { step, steps } = place.word;
  return clamp((place.epoch - 1 + (steps > 0 ? step / steps : 0)) / place.epochs);
}

/** `epoch 5 of 20`, `teacher, epoch 2 of 10`; of a run that is not under way `12 of 20 epochs`. */
export function placeWords(run: RunProgressFieldsFragment, committed = 0): string {
  const place = placeOf(run, committed);
  if (!place) return `${wholeNumber(run.epochsDone)} of ${wholeNumber(run.epochs)} epochs`;
  return `${place.teacher ? 'teacher, ' : ''}epoch ${wholeNumber(place.epoch)} of ${wholeNumber(place.epochs)}`;
}

/** Seconds left, counted on from the trainer's last word; null when it said nothing, or what it said has run out. */
export function secondsLeft({ state, progress }: RunProgressFieldsFragment, now: number): number | null {
  if (state !== 'RUNNING' || progress?.etaSeconds == null) return null;
  const passed = (now - Date.parse(progress.at)) / 1000;
  const left = progress.etaSeconds - Math.max(0, passed);
  return left < 1 ? null : left;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
