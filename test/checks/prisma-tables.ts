/** What a table looks like, as far as both schema.prisma and Postgres tell it. */
export type Table = {
  name: string;
  /** column -> `type` or `type?` where it may be null, e.g. `text`, `text[]`, `float8?`, `run_state`. */
  columns: Record<string, string>;
  /** Column lists of the primary key, unique constraints and indexes, e.g. `primary (id)`, `unique (run_id,index)`, `index (run_id)`. */
  keys: string[];
};

const scalars: Record<string, string> = {
  String: 'text',
  Int: 'int4',
  BigInt: 'int8',
  Float: 'float8',
  Boolean: 'bool',
  Json: 'jsonb',
  DateTime: 'timestamptz',
};

/** Reads the models of a schema.prisma. Only what this project uses of the language is understood; anything else throws. */
export function readPrismaTables(schema: string): Table[] {
  const blocks = [...schema.matchAll(/^(model|enum) (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, kind, name, body]) => ({
    kind,
    name: name ?? '',
    lines: (body ?? '').split('\n').map((line) => line.replace(/\/\/.*$/, '').trim()),
  }));
  const mapped = (lines: readonly string[], name: string) => /@@map\("(\w+)"\)/.exec(lines.join('\n'))?.[1] ?? name;
  const enums = new Map(blocks.filter(({ kind }) => kind === 'enum').map(({ name, lines }) => [name, mapped(lines, name)]));
  const models = blocks.filter(({ kind }) => kind === 'model');
  const modelNames = new Set(models.map(({ name }) => name));

  return models.map(({ name, lines }) => {
    const table: Table = { name: mapped(lines, name), columns: {}, keys: [] };
    const columnOf = new Map<string, string>();
    for (const line of lines) {
      const field = /^(\w+)\s+(\w+)(\?|\[\])?(.*)$/.exec(line);
      if (!field) continue;
      const [, fieldName = '', type = '', mark = '', attributes = ''] = field;
      if (modelNames.has(type)) continue;
      const sqlType = scalars[type] ?? enums.get(type);
      if (!sqlType) throw new Error(`schema.prisma: ${name}.${fieldName} has the type ${type}, which this check does not know.`);
      const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? fieldName;
      columnOf.set(fieldName, column);
      table.columns[column] = sqlType + mark;
      if (/@id\b/.test(attributes)) table.keys.push(`primary (${column})`);
      if (/@unique\b/.test(attributes)) table.keys.push(`unique (${column})`);
    }
    for (const [, kind = '', list = ''] of lines.join('\n').matchAll(/@@(id|unique|index)\(\[([^\]]+)\]/g)) {
      const columns = list.split(',').map((part) => columnOf.get(part.trim().split('(')[0] ?? ''));
      table.keys.push(`${{ id: 'primary', unique: 'unique', index: 'index' }[kind]} (${columns.join(',')})`);
    }
    return table;
  });
}

/** Every way in which the database differs from the schema. Indexes that only the database has are fine: the SQL may add its own. */
export function differences(wanted: readonly Table[], found: readonly Table[]): string[] {
  const all = new Set([...wanted, ...found].map(({ name }) => name));
  return [...all].flatMap((name) => {
    const [model, table] = [wanted, found].map((tables) => tables.find((candidate) => candidate.name === name));
    if (!model) return [`table ${name} is in the migrations only`];
    if (!table) return [`table ${name} is in schema.prisma only`];
    const columns = new Set([...Object.keys(model.columns), ...Object.keys(table.columns)]);
    const columnDifferences = [...columns]
      .filter((column) => model.columns[column] !== table.columns[column])
      .map(
        (column) =>
          `${name}.${column}: schema.prisma says ${model.columns[column] ?? 'nothing'}, the migrations ${table.columns[column] ?? 'nothing'}`,
      );
    const missing = model.keys.filter((key) => !table.keys.includes(key)).map((key) => `${name}: the migrations make no ${key}`);
    return [...columnDifferences, ...missing];
  });
}
