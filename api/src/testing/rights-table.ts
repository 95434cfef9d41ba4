import { readFileSync } from 'node:fs';

/** Who may ask for a field or route, by the name of the column. */
export type RightsRow = { name: string; allowed: Map<string, boolean> };

/** The guide's table as people read it: its sections, their rows, and who may. */
export function readRightsTable(): Map<string, RightsRow[]> {
  const text = readFileSync(new URL('../../../docs/guide/rights.md', import.meta.url), 'utf8');
  return new Map(
    text
      .split('\n## ')
      .slice(1)
      .map((section) => {
        const [title = '', ...lines] = section.split('\n');
        const [head = [], , ...rows] = lines.filter((line) => line.startsWith('|')).map(cellsOf);
        const columns = head.slice(1);
        return [
          title,
          rows.map(([name = '', ...cells]) => ({
            name: name.replaceAll('`', ''),
            allowed: new Map(columns.map((who, i) => [who, cells[i] === '✓'])),
          })),
        ];
      }),
  );
}

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
