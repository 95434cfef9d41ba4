/** Names beside the rows of a matrix, each from one row to before another. */
export type RowLabel = { readonly name: string; readonly from: number; readonly to: number };
