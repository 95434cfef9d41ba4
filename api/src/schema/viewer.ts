import type { Caller, Person } from '../access/caller.ts';
import { may, personOf, type Rights, requireRight } from '../access/rights.ts';
import { createToken } from '../access/tokens.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import type { TokenRole as Kind } from '../generated/prisma/client.ts';
import { version } from '../version.ts';
import { Role, TokenRole } from './enums.ts';

export const Viewer = builder.objectRef<Caller>('Viewer').implement({
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: `The person's or the token's name; absent for anonymous readers.`,
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

export const NewToken = builder.objectRef<{ name: string; role: Kind; token: string }>('NewToken').implement({
  fields: (t) => ({ name: t.exposeString('name'), role: t.expose('role', { type: TokenRole }), token: t.exposeString('token') }),
});

const rightOfRole = { VIEWER: { viewer: true }, MEMBER: { member: true }, ADMIN: { admin: true } } as const satisfies Record<
  Person['role'],
  Rights
>;

builder.queryFields((t) => ({
  viewer: t.field({
    authScopes: { anyone: true },
    type: Viewer,
    description: 'Who asks, and what they may do.',
    resolve: (_root, _args, { caller }) => caller,
  }),
}));

builder.mutationFields((t) => ({
  createToken: t.field({
    authScopes: { member: true },
    type: NewToken,
    description: 'A token for another person or machine. Its text is shown this once; only its hash is kept.',
    args: {
      name: t.arg.string({ required: true }),
      role: t.arg({ type: TokenRole, required: true }),
      scope: t.arg({
        type: Role,
        required: true,
        defaultValue: 'MEMBER',
        description: 'What a person’s token may do: no more than who makes it.',
      }),
    },
    resolve: async (_root, { name, role, scope }, { db, caller }) => {
      const { name: createdBy } = personOf(caller);
      if (role === 'PERSON') requireRight(caller, rightOfRole[scope]);
      return { name: name.trim(), role, token: await transact(db, (tx) => createToken(tx, { name, role, scope, createdBy })) };
    },
  }),
}));
