import { builder } from '../builder.ts';
import { Method } from './enums.ts';

export const LeaderboardMembers = builder.enumType('LeaderboardMembers', { values: ['ALL', 'NETWORKS', 'ENSEMBLES'] as const });

export const LeaderboardSort = builder.enumType('LeaderboardSort', {
  values: ['VALIDATION_ACCURACY', 'TEST_ACCURACY', 'VALIDATION_GAIN', 'PARAMETERS', 'SEEDS', 'LABEL'] as const,
});

export const LeaderboardFilter = builder.inputType('LeaderboardFilter', {
  fields: (t) => ({
    dataset: t.string({ description: 'Dataset name.' }),
    experimentId: t.id({}),
    methods: t.field({ type: [Method] }),
    models: t.stringList({ description: 'Keeps rows with one of these models.' }),
    members: t.field({ type: LeaderboardMembers, required: true, defaultValue: 'ALL' }),
    includeTeachers: t.boolean({
      description: 'Teachers trained within runs are left out unless asked for.',
      required: true,
      defaultValue: false,
    }),
    minSeeds: t.int({ required: true, defaultValue: 0 }),
    trainSamples: t.int({}),
    search: t.string({ description: 'In label, tags, model or experiment.' }),
  }),
});
