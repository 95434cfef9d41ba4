import { ApiError } from '../errors.ts';
import type { Caller, Person, Trainer } from './caller.ts';

const atLeast = { viewer: ['VIEWER', 'MEMBER', 'ADMIN'], member: ['MEMBER', 'ADMIN'], admin: ['ADMIN'] } as const;

const hasRole = (caller: Caller, roles: readonly string[]) => caller.kind === 'person' && roles.includes(caller.role);

/**
 * What a field or a route may ask of its caller. Fields of Query, Mutation and Subscription declare it as `authScopes`, where one of several is
 * enough; one that declares none is refused when the schema is built.
 */
export const rights = {
  /** Strangers too: only for who one is. */
  anyone: () => true,
  /** Reads: people of any role, trainers, and whoever sits at a machine that is nobody else's. */
  viewer: (caller) => caller.kind === 'visitor' || caller.kind === 'trainer' || hasRole(caller, atLeast.viewer),
  /** What is one's own account's, and how the server is: people of any role, among them what watches it by a viewer's token. */
  person: (caller) => caller.kind === 'person',
  /** Schedules, cancels, notes. */
  member: (caller) => hasRole(caller, atLeast.member),
  /** Lets people and machines in, and changes what is everybody's. */
  admin: (caller) => hasRole(caller, atLeast.admin),
  /** Trains: for a trainer's token alone. */
  trainer: (caller) => caller.kind === 'trainer',
} satisfies Record<string, (caller: Caller) => boolean>;

export type Right = keyof typeof rights;

/** As declared, e.g. `{ member: true, trainer: true }`: one of them is enough. */
export type Rights = { readonly [right in Right]?: true };

const namesOf = (needed: Rights) => Object.keys(needed) as Right[];

export const may = (caller: Caller, needed: Rights): boolean => namesOf(needed).some((right) => rights[right](caller));

/** Each right, and whether the caller has it. */
export const scopesOf = (caller: Caller) =>
  Object.fromEntries(Object.entries(rights).map(([right, has]) => [right, has(caller)])) as Record<Right, boolean>;

/** @throws UNAUTHENTICATED or FORBIDDEN unless the caller has one of these rights. */
export function requireRight(caller: Caller, needed: Rights): void {
  if (!may(caller, needed)) throw refusal(caller, needed);
}

/** What is told to whom a right is missing: how to come in, or who may. */
export function refusal(caller: Caller, needed: Rights): ApiError {
  const [right = 'admin'] = namesOf(needed);
  const what = right === 'viewer' ? 'Reading' : 'This';
  if (caller.kind === 'stranger' || caller.kind === 'visitor')
    return new ApiError('UNAUTHENTICATED', `${what} needs the key: open the link that Studyhall printed, sign in, or send a token.`);
  if (right === 'trainer') return new ApiError('FORBIDDEN', 'This is for trainers; the token is a person’s.');
  if (caller.kind === 'trainer') return new ApiError('FORBIDDEN', 'This is for people; the token is a trainer’s.');
  return new ApiError('FORBIDDEN', `This is for ${right}s; you are a ${caller.role.toLowerCase()}.`);
}

/** The person who calls a field that members or admins may call. */
export function personOf(caller: Caller): Person {
  if (caller.kind !== 'person') throw refusal(caller, { member: true });
  return caller;
}

/** The trainer that calls a field that trainers may call. */
export function trainerOf(caller: Caller): Trainer {
  if (caller.kind !== 'trainer') throw refusal(caller, { trainer: true });
  return caller;
}
