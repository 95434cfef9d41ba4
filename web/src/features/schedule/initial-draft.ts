import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import type { ScheduleChoicesQuery, ScheduleSourceQuery } from '@/generated/graphql.ts';
import { type Draft, draftOf } from '@/lib/contract/draft.ts';

type Source = NonNullable<ScheduleSourceQuery['run']>;

/** The dataset that the form proposes: the small generated one, which every trainer has, or else the first announced. */
export function proposedDataset({ datasets }: ScheduleChoicesQuery): string {
  return (datasets.find(({ name }) => name === 'shapes-16') ?? datasets[0])?.name ?? '';
}

/** The form as it opens: a small run that would be taken, in the experiment asked for. */
export function freshDraft(dataset: string, experimentId: string | null): Draft {
  return draftOf(settings, 'ScheduleRunsInput', {
    spec: { dataset, networks: [{ model: 'resnet-8' }, { model: 'resnet-8' }], method: { mutual: {} } },
    seeds: [1, 2, 3],
    ...(experimentId ? { experimentId } : {}),
  });
}

/** What people said of a run: true of it alone, so that its copy begins without and may take it along. */
export type LeftBehind = { tags: readonly string[]; note: string };

/** Null where nobody said anything. */
export function leftBehind({ tags, note }: Source): LeftBehind | null {
  return tags.length > 0 || note !== '' ? { tags, note } : null;
}

/** The form showing an earlier run, to be scheduled again or changed. */
export function clonedDraft(run: Source): Draft {
  return draftOf(settings, 'ScheduleRunsInput', {
    spec: run.spec as JsonValue,
    seeds: [run.seed],
    priority: run.priority,
    execution: run.execution as JsonValue,
    questions: run.questions as JsonValue[],
    ...(run.reference === null ? {} : { reference: run.reference }),
    ...(run.referenceNetwork === null ? {} : { referenceNetwork: run.referenceNetwork }),
    ...(run.experiment ? { experimentId: run.experiment.id } : {}),
  });
}

/** The form showing a group of the deck, to be changed. */
export function deckDraft(group: { spec: unknown; seeds: readonly number[] }): Draft {
  return draftOf(settings, 'ScheduleRunsInput', { spec: group.spec as JsonValue, seeds: [...group.seeds] });
}
