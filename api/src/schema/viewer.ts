import { createToken } from '../access/tokens.ts';
import { requirePerson, type Viewer as WhoAsks } from '../access/viewer.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import type { TokenRole as Role } from '../generated/prisma/client.ts';
import { version } from '../version.ts';
import { TokenRole } from './enums.ts';

export const Viewer = builder.objectRef<WhoAsks>('Viewer').implement({
  fields: (t) => ({
    name: t.string({
      nullable: true,
      description: `The token's name; absent for anonymous readers.`,
      resolve: ({ token }) => token?.name,
    }),
    canRead: t.boolean({ resolve: ({ token, openReading }) => token !== undefined || openReading }),
    canWrite: t.boolean({ resolve: ({ token }) => token?.role === 'PERSON' }),
    version: t.string({ description: 'Of the API.', resolve: () => version }),
  }),
});

export const NewToken = builder.objectRef<{ name: string; role: Role; token: string }>('NewToken').implement({
  fields: (t) => ({ name: t.exposeString('name'), role: t.expose('role', { type: TokenRole }), token: t.exposeString('token') }),
});

builder.queryFields((t) => ({
  viewer: t.field({ type: Viewer, description: 'Who asks, and what they may do.', resolve: (_root, _args, { viewer }) => viewer }),
}));

builder.mutationFields((t) => ({
  createToken: t.field({
    type: NewToken,
    description: 'A token for another person or machine. Its text is shown this once; only its hash is kept.',
    args: { name: t.arg.string({ required: true }), role: t.arg({ type: TokenRole, required: true }) },
    resolve: async (_root, { name, role }, { db, viewer }) => {
      const createdBy = requirePerson(viewer);
      return { name: name.trim(), role, token: await transact(db, (tx) => createToken(tx, name, role, createdBy)) };
    },
  }),
}));
