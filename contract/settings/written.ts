/** A number as labels, messages and pages write it: whole ones with commas between their thousands, 45000 → `45,000`; others as they are. */
export function written(value: number | bigint): string {
  return typeof value === 'bigint' || Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : String(value);
}
