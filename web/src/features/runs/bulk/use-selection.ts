'use client';

import { useState } from 'react';
import { selectRange } from './select-range.ts';

export type Selection = {
  selected: ReadonlySet<string>;
  /** Ticks or clears a box; `range` with all between it and the one touched before. */
  touch: (id: string, chosen: boolean, range: boolean) => void;
  set: (ids: readonly string[]) => void;
};

/**
 * Which rows of a list are selected, those of other pages among them.
 *
 * @param ids the rows in sight, in their order.
 * @param reset under another filter nothing is selected.
 */
export function useSelection(ids: readonly string[], reset: string): Selection {
  const [state, setState] = useState<{ reset: string; selected: ReadonlySet<string>; last: string | null }>({
    reset,
    selected: new Set(),
    last: null,
  });
  const { selected, last } = state.reset === reset ? state : { selected: new Set<string>(), last: null };
  return {
    selected,
    touch: (id, chosen, range) =>
      setState({ reset, selected: selectRange(selected, ids, id, { chosen, from: range ? last : null }), last: id }),
    set: (next) => setState({ reset, selected: new Set(next), last: null }),
  };
}
