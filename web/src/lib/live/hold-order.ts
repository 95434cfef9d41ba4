/**
 * Rows in the order they stood before, with their new contents: rows that have gone are dropped, rows that came stand at the end.
 * Used while somebody points at the list, so that nothing moves away under the pointer.
 */
export function holdOrder<Row>(before: readonly string[], rows: readonly Row[], key: (row: Row) => string): Row[] {
  const places = new Map(before.map((id, index) => [id, index]));
  const place = (row: Row) => places.get(key(row)) ?? Number.POSITIVE_INFINITY;
  return rows
    .map((row, index) => ({ row, index }))
    .sort((one, other) => {
      const first = place(one.row);
      const second = place(other.row);
      return first === second ? one.index - other.index : first - second;
    })
    .map(({ row }) => row);
}
