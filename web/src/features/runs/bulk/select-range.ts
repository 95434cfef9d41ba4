/**
 * A selection after one box was ticked or cleared; with `from`, the box that was touched before and the shift key held, all boxes between the
 * two become like it.
 */
export function selectRange(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  id: string,
  { chosen, from }: { chosen: boolean; from: string | null },
): Set<string> {
  const [start, end] = [ids.indexOf(from ?? id), ids.indexOf(id)].toSorted((a, b) => a - b) as [number, number];
  const touched = start < 0 ? [id] : ids.slice(start, end + 1);
  const next = new Set(selected);
  for (const each of touched) {
    if (chosen) next.add(each);
    else next.delete(each);
  }
  return next;
}
