import type { Caller } from '../access/caller.ts';
import { may } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { version } from '../version.ts';
import { Role } from './enums.ts';

export const Viewer = builder.objectRef<Caller>('Viewer').implement({
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description:
        'What is done carries this name: a person’s, or, by a token, that of who made it with its own in brackets. Absent for anonymous readers.',
      resolve: (caller) => ('name' in caller ? caller.name : null),
    }),
    canRead: t.boolean({ resolve: (caller) => may(caller, { viewer: true }) }),
    canWrite: t.boolean({ resolve: (caller) => may(caller, { member: true }) }),
    role: t.field({
      type: Role,
      nullable: true,
      description: 'What a person may do; absent for anonymous readers and trainers.',
      resolve: (caller) => (caller.kind === 'person' ? caller.role : null),
    }),
    signedIn: t.boolean({ description: 'By name and password, not by a key or token.', resolve: (caller) => 'sessionId' in caller }),
    hasPeople: t.boolean({
      description: 'Whether anybody has an account to sign in with.',
      resolve: async (_caller, _args, { db }) => (await db.person.findFirst({ where: { removedAt: null }, select: { id: true } })) !== null,
    }),
    version: t.string({ description: 'Of the API.', resolve: () => version }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    authScopes: { anyone: true },
    type: Viewer,
    description: 'Who asks, and what they may do.',
    resolve: (_root, _args, { caller }) => caller,
  }),
}));
