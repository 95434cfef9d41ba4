import { builder } from '../builder.ts';
import { Method, RunState } from './enums.ts';

export const RunFilter = builder.inputType('RunFilter', {
  fields: (t) => ({
    states: t.field({ type: [RunState] }),
    methods: t.field({ type: [Method] }),
    dataset: t.string({}),
    experimentId: t.id({}),
    groupKey: t.string({}),
    model: t.string({}),
    tag: t.string({}),
    trainerId: t.id({}),
    endedWithin: t.int({
      description: 'Seconds: keeps runs that have ended in so many before now.',
      directives: { range: { min: 1, max: 2_147_483_647, unit: 's' } },
    }),
    archived: t.boolean({
      defaultValue: false,
      description: 'null: archived or not. To follow a list, whose runs may go into the archive and come out of it.',
    }),
    search: t.string({ description: 'In label, note, tags, id.' }),
  }),
});

/** Archived runs are left out unless they are asked for; null asks for all. */
export const withArchive = <Filter extends { archived?: boolean | null }>(filter: Filter) => ({
  ...filter,
  archived: filter.archived === undefined ? false : filter.archived,
});

export const RunSort = builder.enumType('RunSort', {
  values: {
    CREATED: {},
    STARTED: {},
    FINISHED: {},
    PRIORITY: {},
    VALIDATION_ACCURACY: {},
    ACTIVITY: { description: 'Running first, then queued by position, then the rest by age.' },
  } as const,
});
