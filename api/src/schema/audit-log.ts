import { knownActions } from '../audit/audited.ts';
import { builder } from '../builder.ts';
import type { Prisma } from '../db.ts';
import { idCursor } from './cursor.ts';
import { readPageArgs, toConnection } from './paging.ts';

export const AuditEntry = builder.prismaObject('AuditEntry', {
  description: 'What a person changed, removed or granted.',
  fields: (t) => ({
    id: t.exposeID('id'),
    at: t.expose('at', { type: 'DateTime' }),
    person: t.exposeString('person', {
      description: 'The name that they had: an account’s, or that of who made the token, with its own in brackets.',
    }),
    tokenId: t.exposeID('tokenId', { nullable: true, description: 'The token that they came by; absent: they were signed in.' }),
    action: t.exposeString('action', { description: 'A mutation’s name, or `signIn` and `join`.' }),
    ids: t.exposeStringList('ids', { description: 'Of what it was done to, and of what came of it: 100 at most.' }),
    about: t.expose('about', { type: 'JSON', description: 'Its arguments, but for texts: nothing that somebody wrote is kept here.' }),
    address: t.exposeString('address', { description: 'Whence the request came, as far as it is known.' }),
  }),
});

const AuditFilter = builder.inputType('AuditFilter', {
  fields: (t) => ({
    person: t.string({ description: 'That name, also by the tokens that they made.' }),
    action: t.string({ description: 'A mutation’s name, or `signIn` and `join`.' }),
    since: t.field({ type: 'DateTime' }),
    until: t.field({ type: 'DateTime', description: 'Before this time.' }),
  }),
});

const AuditConnection = builder.connectionObject(
  { type: AuditEntry, name: 'AuditConnection', fields: (t) => ({ totalCount: t.exposeInt('totalCount') }) },
  { name: 'AuditEdge' },
);

const entries = idCursor('the audit log', 'audit');

builder.queryFields((t) => ({
  auditActions: t.stringList({
    authScopes: { admin: true },
    description: 'What entries of the audit log can say was done.',
    resolve: () => knownActions(),
  }),
  auditLog: t.connection(
    {
      authScopes: { admin: true },
      type: AuditEntry,
      description: 'Who did what, latest first, as far back as AUDIT_DAYS.',
      args: { filter: t.arg({ type: AuditFilter }) },
      resolve: async (_root, { filter, ...args }, { db }) => {
        const page = readPageArgs(args, entries);
        const where: Prisma.AuditEntryWhereInput = {
          ...(filter?.person ? { OR: [{ person: filter.person }, { person: { startsWith: `${filter.person} (` } }] } : {}),
          ...(filter?.action ? { action: filter.action } : {}),
          at: { ...(filter?.since ? { gte: filter.since } : {}), ...(filter?.until ? { lt: filter.until } : {}) },
        };
        // Ids rise with time.
        const beyond = page.cursor === undefined ? {} : { id: page.backward ? { gt: page.cursor } : { lt: page.cursor } };
        const [rows, totalCount] = await Promise.all([
          db.auditEntry.findMany({
            where: { AND: [where, beyond] },
            orderBy: { id: page.backward ? 'asc' : 'desc' },
            take: page.limit + 1,
          }),
          db.auditEntry.count({ where }),
        ]);
        return toConnection(
          rows,
          page,
          totalCount,
          ({ id }) => id,
          (row) => row,
        );
      },
    },
    AuditConnection,
  ),
}));
