import type { RowsPlace } from './kept-rows.ts';
import type { RowAnswers, RowsState } from './row-answers.ts';

/** A query's answer, of which the rows that were answered before are left out while it is executed. */
export class PartlyKnown {
  #complete: ReturnType<RowAnswers['split']>['complete'] | undefined;

  constructor(
    readonly answers: RowAnswers,
    readonly place: RowsPlace,
  ) {}

  /** What of a list has to be answered. */
  withoutKnown<State extends RowsState>(state: State): State {
    const { missing, complete } = this.answers.split(state, this.place, (answer) => answer);
    this.#complete = complete;
    return { ...state, edges: missing };
  }

  /** The whole answer from that about the part. */
  complete<Result extends { data?: Record<string, unknown> | null }>(part: Result): Result {
    return this.#complete?.(part) ?? part;
  }
}
