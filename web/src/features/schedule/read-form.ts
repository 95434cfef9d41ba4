import { settings } from '@studyhall/contract/settings/contract.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { inputType, type JsonValue } from '@studyhall/contract/settings/settings.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import { checkTags } from '@studyhall/contract/tags/tags.ts';
import type { Draft } from '@/lib/contract/draft.ts';
import { readDraft } from '@/lib/contract/read-draft.ts';
import { english, type Separators } from '@/lib/numbers/separators.ts';
import { holdsAgainst, referenceSettings } from './held-against.ts';
import { parseSeeds } from './seeds.ts';

/** What the form says: the input of `scheduleRuns` as far as it can be read, and what cannot. */
export type FormReading = {
  input: { [name: string]: JsonValue };
  spec: { [name: string]: JsonValue };
  seeds: number[];
  problems: Problem[];
  /** What the spec says that contradicts itself, in the contract's words. The API says the same, and what only it can know. */
  contradictions: Problem[];
};

/** The one reading of the form: what is checked, shown as understood and sent are all taken from it. */
export function readForm(draft: Draft, separators: Separators = english): FormReading {
  const { seeds, problem } = parseSeeds(typeof draft.seeds === 'string' ? draft.seeds : '', separators);
  // What no question needs is out of sight, and stays here.
  const shown = Object.entries(draft).filter(([name]) => holdsAgainst(draft.questions) || !referenceSettings.includes(name));
  const asked = { ...Object.fromEntries(shown), seeds: seeds.join(', ') };
  const { value: input, problems: found } = readDraft(settings, 'ScheduleRunsInput', asked, separators);
  const spec = isGroup(input.spec) ? input.spec : {};
  const problems = problem ? [...found.filter(({ path }) => path !== 'seeds'), { path: 'seeds', message: problem }] : found;
  const tags = checkTags(Array.isArray(input.tags) ? input.tags.map(String) : []);
  if (tags) problems.push({ path: 'tags', message: tags });
  // What cannot be read is no contradiction yet.
  const unread = problems.some(({ path }) => path.startsWith('spec'));
  return { input, spec, seeds, problems, contradictions: unread ? [] : readSpec(spec).problems.map(atFormPath) };
}

function isGroup(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const rootFields = new Set(inputType(settings, 'ScheduleRunsInput').fields.map((field) => field.name));

/** A problem of the API, whose paths start within the spec, at its place in the form. */
export function atFormPath(problem: Problem): Problem {
  const path = problem.path.replace(/^input\./, '').replace(/\[(\d+)\]/g, '.$1');
  const first = path.split('.')[0] ?? '';
  return { path: rootFields.has(first) ? path : `spec.${path}`.replace(/\.$/, ''), message: problem.message };
}
