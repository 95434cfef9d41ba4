import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { settings } from '@/generated/settings.ts';
import { type Draft, inputType } from '@/lib/contract/draft.ts';
import { type Problem, readDraft } from '@/lib/contract/read-draft.ts';
import { english, type Separators } from '@/lib/numbers/separators.ts';
import { parseSeeds } from './seeds.ts';

/** What the form says: the input of `scheduleRuns` as far as it can be read, and what cannot. */
export type FormReading = {
  input: { [name: string]: JsonValue };
  spec: { [name: string]: JsonValue };
  seeds: number[];
  problems: Problem[];
};

/** The one reading of the form: what is checked, shown as understood and sent are all taken from it. */
export function readForm(draft: Draft, separators: Separators = english): FormReading {
  const { seeds, problem } = parseSeeds(typeof draft.seeds === 'string' ? draft.seeds : '', separators);
  const { value, problems } = readDraft(settings, 'ScheduleRunsInput', { ...draft, seeds: seeds.join(', ') }, separators);
  const spec = value.spec;
  return {
    input: value,
    spec: typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? spec : {},
    seeds,
    problems: problem ? [...problems.filter((each) => each.path !== 'seeds'), { path: 'seeds', message: problem }] : problems,
  };
}

const rootFields = new Set(inputType(settings, 'ScheduleRunsInput').fields.map((field) => field.name));

/** A problem of the API, whose paths start within the spec, at its place in the form. */
export function atFormPath(problem: Problem): Problem {
  const path = problem.path.replace(/^input\./, '').replace(/\[(\d+)\]/g, '.$1');
  const first = path.split('.')[0] ?? '';
  return { path: rootFields.has(first) ? path : `spec.${path}`.replace(/\.$/, ''), message: problem.message };
}
