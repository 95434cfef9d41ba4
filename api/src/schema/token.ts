import { clientOf, type Person } from '../access/caller.ts';
import { mayRevoke } from '../access/own-tokens.ts';
import { revokeToken } from '../access/revoke-token.ts';
import { personOf, type Rights, requireRight } from '../access/rights.ts';
import { createToken, hashOf } from '../access/tokens.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import type { TokenRole as Kind } from '../generated/prisma/client.ts';
import { Role, TokenRole } from './enums.ts';

/** Most tokens that a page shows. */
const most = 500;

export const Token = builder.prismaObject('Token', {
  description: 'What a person or a trainer comes in by. Its text is shown once, when it is made.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    role: t.expose('role', { type: TokenRole, description: 'Whether it is a person’s or a trainer’s.' }),
    scope: t.expose('scope', { type: Role, nullable: true, description: 'What a person’s may do at most; a trainer’s has none.' }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'Who made it; absent: Studyhall did, when it first started.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'Absent: it is good until it is revoked.' }),
    usedAt: t.expose('usedAt', { type: 'DateTime', nullable: true, description: 'When it was last used, to the minute.' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    revokedBy: t.exposeString('revokedBy', { nullable: true }),
    bound: t.exposeBoolean('bound', { description: 'Whether trainers of one machine alone may register with it.' }),
    machine: t.exposeString('machine', {
      nullable: true,
      description: 'The host name of the machine that it is bound to; absent until the first registers.',
    }),
    isCallers: t.boolean({
      description: 'Whether it is the one by which this is asked.',
      resolve: ({ id }, _args, { caller }) => 'tokenId' in caller && caller.tokenId === id,
    }),
    trainers: t.int({
      description: 'How many trainers are in the fleet by it.',
      select: { _count: { select: { trainers: { where: { left: false } } } } },
      resolve: ({ _count }) => _count.trainers,
    }),
  }),
});

export const NewToken = builder.objectRef<{ id: string; name: string; role: Kind; token: string }>('NewToken').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    role: t.expose('role', { type: TokenRole }),
    token: t.exposeString('token'),
  }),
});

const rightOfRole = { VIEWER: { viewer: true }, MEMBER: { member: true }, ADMIN: { admin: true } } as const satisfies Record<
  Person['role'],
  Rights
>;

builder.queryFields((t) => ({
  tokens: t.prismaField({
    authScopes: { member: true },
    type: [Token],
    description:
      'Newest first: to an admin all, to a member the one they come by and those made by it. Those that ended only if asked for.',
    args: { ended: t.arg.boolean({ required: true, defaultValue: false }) },
    resolve: (query, _root, { ended }, { db, caller }) => {
      const now = new Date();
      const good = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
      const where = { AND: [mayRevoke(personOf(caller)), ended ? { NOT: good } : good] };
      return db.token.findMany({ ...query, where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most });
    },
  }),
}));

builder.mutationFields((t) => ({
  createToken: t.field({
    authScopes: { member: true },
    type: NewToken,
    description: 'A token for another person, a program or a machine. Its text is shown this once; only its hash is kept.',
    args: {
      name: t.arg.string({
        required: true,
        description: 'What is done by a person’s token carries the name of who made it, and this one in brackets: `Ada (nightly sweep)`.',
      }),
      role: t.arg({ type: TokenRole, required: true, description: 'Only admins make trainers’ tokens.' }),
      scope: t.arg({
        type: Role,
        required: true,
        defaultValue: 'MEMBER',
        description: 'What a person’s token may do: no more than who makes it.',
      }),
      expiresAt: t.arg({ type: 'DateTime', description: 'Absent: it is good until it is revoked, or as long as the one it is made by.' }),
      bound: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Of a trainer’s: only one machine may register with it, the one named or else the first.',
      }),
      machine: t.arg.string({ description: 'The host name of the machine that a trainer’s token is bound to.' }),
    },
    resolve: async (_root, { name, role, scope, expiresAt, bound, machine }, { db, caller }) => {
      const createdBy = personOf(caller).name;
      const makerId = clientOf(caller);
      requireRight(caller, role === 'PERSON' ? rightOfRole[scope] : { admin: true });
      const wanted = { name, role, scope, createdBy, makerId, expiresAt: expiresAt ?? undefined, bound, machine: machine ?? undefined };
      return transact(db, async (tx) => {
        const token = await createToken(tx, wanted);
        const made = await tx.token.findUniqueOrThrow({ where: { hash: hashOf(token) }, select: { id: true, name: true } });
        return { ...made, role, token };
      });
    },
  }),
  revokeToken: t.prismaField({
    authScopes: { member: true },
    type: Token,
    description:
      'Ends a token, and within about a second what is open by it; what its trainers run goes back into the queue. One that was revoked before stays as it is. The last key of an admin is not revoked.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (query, _root, { id }, { db, caller }) => {
      await transact(db, (tx) => revokeToken(tx, id, personOf(caller)));
      return db.token.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
}));
