import type { TeachingRowFragment, TeachingRunFragment } from '@/generated/graphql.ts';
import { percent } from '@/lib/format/number.ts';
import { seedWords } from '@/lib/format/seed-ranges.ts';

/** A network that may teach: what names it in the spec, what its group and itself are called, and what one chooses by. */
export type TeacherOption = { of: string; network: number; group: string; label: string; detail: string };

type Accuracies = { validationAccuracy: number | null; testAccuracy: number | null } | null;

/** `62.4 % validation`; on the test split where nothing was held back for validation. */
function accuracyWords(result: Accuracies): string | null {
  if (result?.validationAccuracy != null) return `${percent(result.validationAccuracy, 1)} % validation`;
  return result?.testAccuracy == null ? null : `${percent(result.testAccuracy, 1)} % test`;
}

const joined = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ');

/** Every network of a run, with what it came to. */
export function runOptions(run: TeachingRunFragment): TeacherOption[] {
  const state = run.state === 'SUCCEEDED' ? null : run.state.toLowerCase();
  return run.networks.map(({ index, role, model, result }) => ({
    of: run.id,
    network: index,
    group: run.label,
    label: `${run.label} · seed ${run.seed}${run.networks.length > 1 ? ` · ${role === 'TEACHER' ? 'teacher' : 'network'} ${index}` : ''}`,
    detail: joined([model.name, accuracyWords(result), run.dataset.name, state]),
  }));
}

/** Whoever types a model looks for a network of it: those come first, else in the order they were found. */
export function modelsFirst(options: readonly TeacherOption[], search: string): TeacherOption[] {
  const words = new Set(search.trim().toLowerCase().split(/\s+/));
  const isMeant = ({ detail }: TeacherOption) => words.has(detail.split(' · ', 1)[0]?.toLowerCase() ?? '');
  return [...options.filter(isMeant), ...options.filter((option) => !isMeant(option))];
}

/** A network of a group, with its mean over seeds and which seeds there are: each student learns from its own. */
export function rowOption(row: TeachingRowFragment): TeacherOption {
  const { label, models, networkIndex, role, dataset, seeds, counts, validationAccuracy, testAccuracy } = row;
  const [split, statistic] =
    validationAccuracy || !testAccuracy ? (['validation', validationAccuracy] as const) : (['test', testAccuracy] as const);
  const spread = statistic?.sd == null ? '' : ` ± ${percent(statistic.sd, 1)}`;
  const waiting = counts.running + counts.queued + counts.blocked;
  return {
    of: row.groupKey,
    network: networkIndex ?? 0,
    group: label,
    label: `${label} · ${role === 'TEACHER' ? 'teacher' : 'network'} ${networkIndex ?? 0}`,
    detail: joined([
      models[0] ?? null,
      statistic ? `${percent(statistic.mean, 1)}${spread} % ${split}` : null,
      dataset.name,
      seeds.length > 0 ? seedWords(seeds) : null,
      waiting > 0 ? `${waiting} not ended yet` : null,
    ]),
  };
}
