type Cell = string | number | null | undefined;

/** Rows as comma-separated values (RFC 4180); absent ones are empty. Numbers are written in full. */
export function csv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${csvLine(row)}\r\n`).join('');
}

/** One row, without the end of its line. */
export function csvLine(row: readonly Cell[]): string {
  return row.map(quoted).join(',');
}

function quoted(cell: Cell): string {
  const text = String(cell ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
