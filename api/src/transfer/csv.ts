/** A row of a CSV file (RFC 4180), from a row's JSON; null is empty. What a spreadsheet would take for a formula is marked as text. */
export function csvRow(line: string): string {
  return `${Object.values(JSON.parse(line) as Record<string, unknown>)
    .map(cell)
    .join(',')}\r\n`;
}

export const csvHead = (line: string): string => `${Object.keys(JSON.parse(line) as object).join(',')}\r\n`;

function cell(value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
