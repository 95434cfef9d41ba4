import type { Split } from '../measures/measure.ts';
import { type Spread, spread } from '../statistics/spread.ts';
import type { AnalysisChart, AnalysisLine, AnalysisResult, AnalysisTable } from './result.ts';

/** Whose a place of an answer is; `group`: null where it is of none that are looked at. */
export type PlacedNetwork = {
  readonly group: string | null;
  readonly network: number;
  readonly label: string;
  readonly reference: boolean;
};

/** An answer of one seed. */
export type SeedAnswer = {
  readonly seed: number;
  readonly networks: readonly PlacedNetwork[];
  readonly result: Pick<AnalysisResult, 'charts' | 'tables' | 'notes'>;
};

/** Mean and sample standard deviation over seeds at each x of its chart; null where no seed has a value. */
export type SeedLine = {
  readonly group: string;
  /** Its index in the runs of the group; null where the line is of no one network. */
  readonly network: number | null;
  readonly split: Split | null;
  readonly label: string;
  readonly values: readonly (Spread | null)[];
};

export type SeedChart = Pick<AnalysisChart, 'key' | 'title' | 'x' | 'y'> & { readonly lines: readonly SeedLine[] };

export type SeedTable = Pick<AnalysisTable, 'key' | 'title' | 'columns'> & {
  readonly rows: readonly { readonly group: string; readonly label: string; readonly values: readonly (Spread | null)[] }[];
};

export type OverSeeds = { readonly charts: readonly SeedChart[]; readonly tables: readonly SeedTable[]; readonly notes: readonly string[] };

/** Names of networks hold run and seed: over seeds each goes by its index. */
const plain = (text: string, networks: readonly PlacedNetwork[], named: (one: PlacedNetwork) => string): string =>
  networks
    .toSorted((one, other) => other.label.length - one.label.length)
    .reduce((said, one) => (one.label === '' ? said : said.replaceAll(one.label, named(one))), text);

const byIndex = ({ network }: PlacedNetwork) => `network ${network}`;

const titleOf = (title: string, networks: readonly PlacedNetwork[]) =>
  plain(title, networks, (one) =>
    networks.some(({ reference, label }) => reference && label === one.label) ? 'its reference' : byIndex(one),
  );

/** The one group that all of them are of; null where there are several. */
const soleGroup = (networks: readonly PlacedNetwork[]): string | null => {
  const [first = null, ...others] = new Set(networks.map(({ group }) => group));
  return others.length === 0 ? first : null;
};

/** Values by seed: of a seed the first that comes. */
class Gathered<Kept> {
  readonly #kept = new Map<string, { of: Kept; seeds: Map<number, (number | null)[]> }>();

  add(key: readonly unknown[], of: Kept, seed: number, values: (number | null)[]): void {
    const name = JSON.stringify(key);
    const known = this.#kept.get(name) ?? { of, seeds: new Map() };
    this.#kept.set(name, known);
    if (!known.seeds.has(seed)) known.seeds.set(seed, values);
  }

  spreads(places: number): { of: Kept; values: (Spread | null)[] }[] {
    return [...this.#kept.values()].map(({ of, seeds }) => ({
      of,
      values: Array.from({ length: places }, (_, k) => spread([...seeds.values()].flatMap((values) => values[k] ?? []))),
    }));
  }
}

/** Parts of answers that are about the same, in the order in which they came. */
const alike = <Part extends { key: string; title: string }>(
  answers: readonly SeedAnswer[],
  partsOf: (answer: SeedAnswer) => readonly Part[],
) => {
  const found = new Map<string, { title: string; of: { answer: SeedAnswer; part: Part }[] }>();
  for (const answer of answers)
    for (const part of partsOf(answer)) {
      const title = titleOf(part.title, answer.networks);
      const key = JSON.stringify([part.key, title]);
      const known = found.get(key) ?? { title, of: [] };
      found.set(key, known);
      known.of.push({ answer, part });
    }
  return [...found.values()];
};

type LineOf = Omit<SeedLine, 'values'>;

const lineOf = ({ label, network, split }: AnalysisLine, networks: readonly PlacedNetwork[]): LineOf | null => {
  const place = network === null ? undefined : networks[network];
  const group = place ? place.group : soleGroup(networks);
  return group === null ? null : { group, network: place?.network ?? null, split, label: plain(label, networks, byIndex) };
};

const chartOver = (title: string, of: readonly { answer: SeedAnswer; part: AnalysisChart }[]): SeedChart | null => {
  const [first] = of;
  if (!first) return null;
  // Runs of other lengths have other epochs.
  const xs = [...new Set(of.flatMap(({ part }) => part.x.values))].toSorted((one, other) => one - other);
  const gathered = new Gathered<LineOf>();
  for (const { answer, part } of of)
    for (const line of part.lines) {
      const drawn = lineOf(line, answer.networks);
      if (!drawn) continue;
      const at = new Map(part.x.values.map((x, k) => [x, line.values[k] ?? null]));
      const { group, network, split, label } = drawn;
      const values = xs.map((x) => at.get(x) ?? null);
      gathered.add([group, network, split, network === null ? label : ''], drawn, answer.seed, values);
    }
  const lines = gathered.spreads(xs.length).map(({ of: drawn, values }) => ({ ...drawn, values }));
  const { key, x, y } = first.part;
  return lines.length === 0 ? null : { key, title, x: { ...x, values: xs }, y, lines };
};

/** Whose a row is: of the network that it names (`network 1` is in `network 10`, too), else of the one group there is. */
const groupOfRow = (label: string, networks: readonly PlacedNetwork[]): string | null => {
  const named = networks.filter((one) => one.label !== '' && label.includes(one.label));
  const [longest] = named.toSorted((one, other) => other.label.length - one.label.length);
  return longest ? longest.group : soleGroup(networks);
};

const indexIn = (label: string): number => Number(/^network (\d+)/.exec(label)?.[1] ?? 0);

const tableOver = (title: string, of: readonly { answer: SeedAnswer; part: AnalysisTable }[]): SeedTable | null => {
  const [first] = of;
  if (!first) return null;
  const { key, columns } = first.part;
  const gathered = new Gathered<{ group: string; label: string }>();
  for (const { answer, part } of of)
    for (const row of part.rows) {
      const group = groupOfRow(row.label, answer.networks);
      if (group === null) continue;
      const label = plain(row.label, answer.networks, byIndex);
      gathered.add([group, label], { group, label }, answer.seed, [...row.values]);
    }
  const rows = gathered.spreads(columns.length).map(({ of: named, values }) => ({ ...named, values }));
  // Networks by their index; layers as they lie.
  rows.sort((one, other) => indexIn(one.label) - indexIn(other.label));
  return rows.length === 0 ? null : { key, title, columns, rows };
};

/**
 * What answers to one question say over the seeds of groups: mean and sample standard deviation at each place of each chart and table, a
 * line for each network of each group: networks are never pooled. Lines of groups that are not looked at are left out.
 *
 * @param answers newest first: of a seed that was asked of twice the first one counts
 */
export function overSeeds(answers: readonly SeedAnswer[]): OverSeeds {
  const [first, ...others] = answers;
  return {
    charts: alike(answers, ({ result }) => result.charts).flatMap(({ title, of }) => chartOver(title, of) ?? []),
    tables: alike(answers, ({ result }) => result.tables).flatMap(({ title, of }) => tableOver(title, of) ?? []),
    // What is said of all of them, and not of one.
    notes: (first?.result.notes ?? []).filter((note) => others.every(({ result }) => result.notes.includes(note))),
  };
}
