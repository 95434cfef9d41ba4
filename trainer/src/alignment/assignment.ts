import { alive } from '../alive.ts';

/**
 * The one-to-one assignment of columns to rows with the greatest sum of gains: entry r is the column of row r.
 *
 * Shortest augmenting paths over reduced costs (Jonker & Volgenant 1987, without their second reduction), O(n³) at worst: a column is given to
 * the row that gains most from it where that row is still free; each row that is left then takes the cheapest chain of exchanges.
 *
 * @param gains [n, n], row by row
 * @throws RangeError when a gain is not finite.
 */
export const bestAssignment = (gains: ArrayLike<number>, n: number): Int32Array => {
  // Costs: minus the gains. A reduced cost, cost − price of its column, is never negative, and 0 for what is assigned, up to a constant per row.
  const costs = new Float64Array(n * n);
  for (let k = 0; k < costs.length; k++) {
    const gain = gains[k] as number;
    if (!Number.isFinite(gain)) throw new RangeError(`gain ${gain} of row ${Math.floor(k / n)} and column ${k % n} is not finite`);
    costs[k] = -gain;
  }
  const price = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const columnOf = new Int32Array(n).fill(-1);
  const rowOf = new Int32Array(n).fill(-1);
  for (let column = 0; column < n; column++) {
    let cheapest = 0;
    for (let row = 0; row < n; row++) {
      const cost = costs[row * n + column] as number;
      if (cost >= (price[column] as number)) continue;
      price[column] = cost;
      cheapest = row;
    }
    alive();
    if (columnOf[cheapest] !== -1) continue;
    columnOf[cheapest] = column;
    rowOf[column] = cheapest;
  }
  for (let row = 0; row < n; row++) {
    if (columnOf[row] === -1) assign(row, costs, n, price, columnOf, rowOf);
    alive();
  }
  return columnOf;
};

/** Finds the cheapest chain of exchanges that ends at a free column (Dijkstra over columns), and carries it out. */
const assign = (freeRow: number, costs: Float64Array, n: number, price: Float64Array, columnOf: Int32Array, rowOf: Int32Array): void => {
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const comesFrom = new Int32Array(n);
  const settled = new Uint8Array(n);
  const order: number[] = [];
  let row = freeRow;
  let reached = 0;
  let end = -1;
  while (end === -1) {
    const own = columnOf[row] as number;
    const offset = reached - (own === -1 ? 0 : (costs[row * n + own] as number) - (price[own] as number));
    let nearest = -1;
    for (let column = 0; column < n; column++) {
      if (settled[column] === 1) continue;
      const through = (costs[row * n + column] as number) - (price[column] as number) + offset;
      if (through < (distance[column] as number)) {
        distance[column] = through;
        comesFrom[column] = row;
      }
      if (nearest === -1 || (distance[column] as number) < (distance[nearest] as number)) nearest = column;
    }
    reached = distance[nearest] as number;
    settled[nearest] = 1;
    if (rowOf[nearest] === -1) end = nearest;
    else {
      order.push(nearest);
      row = rowOf[nearest] as number;
    }
  }
  for (const column of order) price[column] = (price[column] as number) + (distance[column] as number) - reached;
  for (let column = end; column !== -1; ) {
    const taker = comesFrom[column] as number;
    const given = columnOf[taker] as number;
    rowOf[column] = taker;
    columnOf[taker] = column;
    column = taker === freeRow ? -1 : given;
  }
};
