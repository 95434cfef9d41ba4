import type { ExecutionResult } from 'graphql';
import type { RowsPlace } from './kept-rows.ts';

type Edge = { cursor: string; node: object };

/** A list's state, of which rows that are as they were are the same objects. */
export type RowsState = { edges: readonly Edge[] };

/**
 * Answers about a list that changes by a few rows at a time: each row is answered once for all who ask the same of it, and again when it is
 * another object. What is kept goes with the row.
 */
export class RowAnswers {
  readonly #answers = new WeakMap<object, Map<string, unknown>>();

  /** @param answer of a state, whole; rows that are left out of it are added from what was answered before. */
  async give(
    state: RowsState,
    { field, edges, edge, question }: RowsPlace,
    answer: (state: RowsState) => Promise<ExecutionResult>,
  ): Promise<ExecutionResult> {
    const missing = state.edges.filter(({ node }) => !this.#answers.get(node)?.has(question));
    const part = await answer({ ...state, edges: missing });
    const name = edge.find(({ of }) => of === 'node')?.name ?? '';
    const list = part.data?.[field] as Record<string, unknown> | null | undefined;
    const answered = list?.[edges];
    // Errors are told with their place in the whole.
    if (part.errors || !list || !Array.isArray(answered)) return answer(state);
    for (const [i, { node }] of missing.entries()) {
      const known = this.#answers.get(node) ?? new Map<string, unknown>();
      this.#answers.set(node, known.set(question, answered[i]?.[name]));
    }
    const whole = state.edges.map(({ cursor, node }) =>
      Object.fromEntries(edge.map(({ name, of }) => [name, of === 'node' ? this.#answers.get(node)?.get(question) : cursor])),
    );
    return { ...part, data: { ...part.data, [field]: { ...list, [edges]: whole } } };
  }
}
