import type { ExecutionResult } from 'graphql';
import { KnownPart } from '../limits/known-part.ts';
import type { RowsPlace } from './kept-rows.ts';

type Edge = { cursor: string; node: object };

/** A list's state, of which rows that are as they were are the same objects. */
export type RowsState = { edges: readonly Edge[] };

/** Questions whose answers a row keeps: pages ask one or two, and whoever asks many others is not to fill the memory. */
const mostQuestions = 4;

/**
 * Answers about a list that changes by a few rows at a time: each row is answered once for all who ask the same of it, and again when it is
 * another object. What is kept goes with the row.
 */
export class RowAnswers {
  readonly #answers = new WeakMap<object, Map<string, KnownPart>>();

  /** @param answer of a state, whole; rows that are left out of it are added from what was answered before. */
  async give(state: RowsState, place: RowsPlace, answer: (state: RowsState) => Promise<ExecutionResult>): Promise<ExecutionResult> {
    const { missing, complete } = this.split(state, place, ({ value }) => value);
    const part = await answer({ ...state, edges: missing });
    // Errors are told with their place in the whole.
    return (part.errors ? undefined : complete(part)) ?? answer(state);
  }

  /**
   * The edges of rows that have to be answered, and the whole from an answer without errors about these; undefined if they are not in it.
   *
   * @param say what of a row's answer stands in the whole.
   */
  split({ edges: all }: RowsState, { field, edges, edge, question }: RowsPlace, say: (answer: KnownPart) => unknown) {
    const known = all.map(({ node }) => this.#answers.get(node)?.get(question));
    const missing = all.filter((_, i) => known[i] === undefined);
    const nodeName = edge.find(({ of }) => of === 'node')?.name ?? '';
    const complete = <Result extends Pick<ExecutionResult, 'data'>>(part: Result): Result | undefined => {
      const list = part.data?.[field] as Record<string, unknown> | null | undefined;
      const answered = list?.[edges];
      if (!list || !Array.isArray(answered)) return undefined;
      const given = new Map(missing.map(({ node }, i) => [node, new KnownPart(answered[i]?.[nodeName])]));
      for (const [node, one] of given) this.#keep(node, question, one);
      const rowOf = (node: object, i: number) => {
        const one = known[i] ?? given.get(node);
        return one && say(one);
      };
      const whole = all.map(({ cursor, node }, i) =>
        Object.fromEntries(edge.map(({ name, of }) => [name, of === 'node' ? rowOf(node, i) : cursor])),
      );
      return { ...part, data: { ...part.data, [field]: { ...list, [edges]: whole } } };
    };
    return { missing, complete };
  }

  #keep(row: object, question: string, answer: KnownPart): void {
    const answers = this.#answers.get(row) ?? new Map<string, KnownPart>();
    this.#answers.set(row, answers.set(question, answer));
    const [oldest] = answers.keys();
    if (answers.size > mostQuestions && oldest !== undefined) answers.delete(oldest);
  }
}
