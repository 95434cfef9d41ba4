'use client';

import { useRef, useState } from 'react';
import { holdOrder } from './hold-order.ts';

/**
 * Live rows that do not jump: contents change at once, order and new rows only when nobody points at the list or moves through it by keyboard.
 * Changing `reset` (a filter, the sorting) takes the new order at once, for then the reader asked for it.
 */
export function useHeldOrder<Row>(rows: readonly Row[], key: (row: Row) => string, reset: string) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  const shown = useRef<{ reset: string; ids: string[] }>({ reset, ids: [] });
  const holding = held && shown.current.reset === reset;
  const ordered = holding ? holdOrder(shown.current.ids, rows, key) : [...rows];
  shown.current = { reset, ids: ordered.map(key) };
  const moved = holding && ordered.some((row, index) => row !== rows[index]);
  return {
    rows: ordered,
    /** The list would look otherwise if nobody pointed at it. */
    moved,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}
