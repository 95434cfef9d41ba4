import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { findOpen, invitationDays, invite, inviteAgain, isOpen, revokeInvitation } from '../people/invitations.ts';
import { Role } from './enums.ts';

const Invitation = builder.prismaObject('Invitation', {
  description: 'A link that makes one account, or gives one another password.',
  fields: (t) => ({
    id: t.exposeID('id'),
    role: t.expose('role', { type: Role, description: 'Of who accepts it.' }),
    name: t.string({
      nullable: true,
      description: 'Of who has an account, and is to choose another password by it; absent for a new account.',
      select: { person: { select: { name: true } } },
      resolve: ({ person }) => person?.name ?? null,
    }),
    createdBy: t.exposeString('createdBy', { nullable: true, description: 'Absent: the server itself, for its first admin.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const NewInvitation = builder.objectRef<{ id: string; token: string }>('NewInvitation').implement({
  fields: (t) => ({
    token: t.exposeString('token', { description: 'For the link /join?invitation=…; shown this once, only its hash is kept.' }),
    invitation: t.prismaField({
      type: Invitation,
      resolve: (query, { id }, _args, { db }) => db.invitation.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.queryFields((t) => ({
  invitations: t.prismaField({
    authScopes: { admin: true },
    type: [Invitation],
    description: 'Those that are open, the newest first.',
    resolve: (query, _root, _args, { db }) => {
      return db.invitation.findMany({ ...query, where: isOpen(), orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
    },
  }),
  invitation: t.prismaField({
    authScopes: { anyone: true },
    type: Invitation,
    description: 'The open one that a link is for. One that was used, was taken back or has expired says so.',
    args: { token: t.arg.string({ required: true, extensions: { maxLength: 100 } }) },
    resolve: (_query, _root, { token }, { db }) => findOpen(db, token),
  }),
}));

builder.mutationFields((t) => ({
  invite: t.field({
    authScopes: { admin: true },
    type: NewInvitation,
    description: 'Makes an invitation. POST /join accepts it.',
    args: {
      role: t.arg({ type: Role, required: true }),
      days: t.arg.int({
        required: true,
        defaultValue: invitationDays.usual,
        directives: { range: { min: invitationDays.min, max: invitationDays.max, unit: 'd' } },
      }),
    },
    resolve: (_root, { role, days }, { db, caller }) => {
      const { name: createdBy } = personOf(caller);
      return transact(db, (tx) => invite(tx, { role, days, createdBy }));
    },
  }),
  inviteAgain: t.field({
    authScopes: { admin: true },
    type: NewInvitation,
    description:
      'For somebody who forgot their password: a link for a day, by which they choose another. That signs them out everywhere else.',
    args: { id: t.arg.id({ required: true, description: 'The person’s.' }) },
    resolve: (_root, { id }, { db, caller }) => {
      const { name: createdBy } = personOf(caller);
      return transact(db, (tx) => inviteAgain(tx, id, createdBy));
    },
  }),
  revokeInvitation: t.boolean({
    authScopes: { admin: true },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { db }) => {
      await transact(db, (tx) => revokeInvitation(tx, id));
      return true;
    },
  }),
}));
