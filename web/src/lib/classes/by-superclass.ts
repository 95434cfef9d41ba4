export type NamedClass = { readonly name: string; readonly superclass?: string | null };

/** Classes of one superclass, by their places in the order. */
export type ClassGroup = { readonly name: string; readonly from: number; readonly to: number };

/**
 * Classes' indexes in an order that has those of one superclass beside each other: superclasses as their first class comes, classes as
 * they are. Without superclasses it is their own, in no groups.
 */
export function bySuperclass(classes: readonly NamedClass[]): { order: readonly number[]; groups: readonly ClassGroup[] } {
  const indexes = classes.map((_, index) => index);
  if (classes.every(({ superclass }) => !superclass)) return { order: indexes, groups: [] };
  const members = new Map<string, number[]>();
  for (const index of indexes) {
    const superclass = classes[index]?.superclass ?? '';
    members.set(superclass, [...(members.get(superclass) ?? []), index]);
  }
  const groups: ClassGroup[] = [];
  for (const [name, own] of members) {
    const from = groups.at(-1)?.to ?? 0;
    groups.push({ name, from, to: from + own.length });
  }
  return { order: [...members.values()].flat(), groups };
}

/** A matrix of classes in such an order; rows that have no numbers stay so. */
export function inOrder(matrix: readonly (readonly number[])[], order: readonly number[]): number[][] {
  return order.map((row) => {
    const own = matrix[row] ?? [];
    return own.length === 0 ? [] : order.map((column) => own[column] ?? 0);
  });
}
