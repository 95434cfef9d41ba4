import type pg from 'pg';
import { quoted, type Table } from './tables.ts';

const rowsAtOnce = 500;
/** Of JSON in one statement. */
const bytesAtOnce = 2_000_000;

/**
 * A query's rows as lines of JSON, in the transaction that is open: a few hundred are in memory at a time. Numbers are written so that they are
 * read back to the last bit, NaN and the infinities as texts.
 */
export async function* readRows(client: pg.ClientBase, query: string, values: unknown[] = []): AsyncGenerator<string> {
  await client.query(`DECLARE rows_of_table NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM (${query}) t`, values);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`FETCH ${rowsAtOnce} FROM rows_of_table`);
    for (const { line } of rows) yield line;
    if (rows.length < rowsAtOnce) break;
  }
  await client.query('CLOSE rows_of_table');
}

export const rowsOf = ({ name, columns }: Table) => `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(name)}`;

/**
 * Puts lines of JSON into a table. Columns that a line does not have get their default.
 *
 * @param whole false: a row that is there already is left as it is.
 * @returns how many rows went in, of how many.
 */
export async function insertRows(
  client: pg.ClientBase,
  table: Table,
  lines: AsyncIterable<string>,
  { whole = true } = {},
): Promise<{ read: number; inserted: number }> {
  let [read, inserted, bytes] = [0, 0, 0];
  let batch: string[] = [];
  let columns: string[] | undefined;
  const flush = async () => {
    if (batch.length === 0 || !columns) return;
    const names = columns.map(quoted).join(', ');
    const { rowCount } = await client.query(
      `INSERT INTO ${quoted(table.name)} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${quoted(table.name)}, $1::json)
       ${whole ? '' : 'ON CONFLICT DO NOTHING'}`,
      [`[${batch.join(',')}]`],
    );
    inserted += rowCount ?? 0;
    batch = [];
    bytes = 0;
  };
  for await (const line of lines) {
    if (line === '') continue;
    columns ??= columnsOf(line, table);
    batch.push(line);
    bytes += line.length;
    read++;
    if (bytes > bytesAtOnce) await flush();
  }
  await flush();
  return { read, inserted };
}

function columnsOf(line: string, { name, columns }: Table): string[] {
  const given = Object.keys(JSON.parse(line) as object);
  const unknown = given.find((column) => !columns.includes(column));
  if (unknown !== undefined) throw new Error(`Table ${name} has no column ${unknown}; it has ${columns.join(', ')}.`);
  return given;
}
