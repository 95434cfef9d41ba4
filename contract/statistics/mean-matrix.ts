/** The mean of matrices of one size, element by element; null for none. Matrices of another size than the first are left out. */
export function meanMatrix(matrices: readonly (readonly (readonly number[])[])[]): number[][] | null {
  const [first] = matrices;
  if (!first) return null;
  const same = matrices.filter((each) => each.length === first.length);
  return first.map((row, i) => row.map((_, j) => same.reduce((sum, each) => sum + (each[i]?.[j] ?? 0), 0) / same.length));
}
