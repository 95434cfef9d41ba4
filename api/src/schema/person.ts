import type { Caller } from '../access/caller.ts';
import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import { changePassword } from '../people/change-password.ts';
import { longestPassword } from '../people/password.ts';
import { changeRole, removePerson } from '../people/roles.ts';
import { endSession, endSessions } from '../people/sessions.ts';
import { Role } from './enums.ts';

export const Person = builder.prismaObject('Person', {
  description: 'Somebody with an account.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    role: t.expose('role', { type: Role }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', nullable: true, description: 'To the minute; absent for who never came.' }),
    sessions: t.int({
      description: 'Browsers that they are signed in with.',
      select: () => ({ _count: { select: { sessions: { where: { expiresAt: { gt: new Date() } } } } } }),
      resolve: ({ _count }) => _count.sessions,
    }),
  }),
});

/** Who has signed in by name and password. */
function signedInPerson(caller: Caller) {
  const person = personOf(caller);
  if (!('sessionId' in person)) throw badInput('You came with a key, not by name and password: there is no account that this is about.');
  return person;
}

builder.queryFields((t) => ({
  people: t.prismaField({
    authScopes: { admin: true },
    type: [Person],
    description: 'Who has an account, by name.',
    resolve: (query, _root, _args, { db }) => {
      return db.person.findMany({ ...query, where: { removedAt: null }, orderBy: { username: 'asc' } });
    },
  }),
}));

builder.mutationFields((t) => ({
  changeRole: t.prismaField({
    authScopes: { admin: true },
    type: Person,
    description:
      'Gives somebody another role: it counts at once, also for what they have open, and for tokens that they made for people. The last admin stays one.',
    args: { id: t.arg.id({ required: true }), role: t.arg({ type: Role, required: true }) },
    resolve: async (query, _root, { id, role }, { db }) => {
      await transact(db, (tx) => changeRole(tx, id, role));
      return db.person.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  removePerson: t.boolean({
    authScopes: { admin: true },
    description:
      'Ends their sessions and the tokens that they made for people. What they did keeps their name. The last admin cannot be removed.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { db, accounts }) => {
      if (!(await db.person.findFirst({ where: { id, removedAt: null }, select: { id: true } }))) throw notFound('person', id);
      const password = await accounts.unusable();
      await transact(db, (tx) => removePerson(tx, id, password));
      return true;
    },
  }),
  changePassword: t.boolean({
    authScopes: { person: true },
    description: 'One’s own. Other browsers are signed out.',
    args: {
      present: t.arg.string({ required: true, extensions: { maxLength: longestPassword } }),
      next: t.arg.string({ required: true, extensions: { maxLength: longestPassword } }),
    },
    resolve: async (_root, { present, next }, { caller, accounts, address }) => {
      await changePassword(accounts, { ...signedInPerson(caller), present, next, address });
      return true;
    },
  }),
  signOut: t.boolean({
    authScopes: { person: true },
    description: 'Ends the session that asks. POST /sign-in begins one.',
    resolve: async (_root, _args, { caller, db }) => {
      await endSession(db, signedInPerson(caller).sessionId);
      return true;
    },
  }),
  signOutEverywhere: t.int({
    authScopes: { person: true },
    description: 'Ends all sessions of who asks, this one too. Answers how many.',
    resolve: (_root, _args, { caller, db }) => endSessions(db, signedInPerson(caller).personId),
  }),
}));
