import type { Prisma } from '../db.ts';
import type { Person } from './caller.ts';

/** Tokens made before it was noted by what are known by the name of who made them, which no two accounts share. */
const ownOfAccount = (personId: string, name: string) => [{ makerId: personId }, { makerId: null, createdBy: name }];

/** The tokens that are a person's own: those they made, and the one that they come by. */
const own = (person: Person): Prisma.TokenWhereInput => ({
  OR: 'tokenId' in person ? [{ id: person.tokenId }, { makerId: person.tokenId }] : ownOfAccount(person.personId, person.name),
});

/** Which tokens a person is shown, and may revoke: an admin all. */
export const mayRevoke = (person: Person): Prisma.TokenWhereInput => (person.role === 'ADMIN' ? {} : own(person));
