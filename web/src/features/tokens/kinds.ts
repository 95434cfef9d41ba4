import type { Role, TokenRole } from '@/generated/graphql.ts';

/** What a token is for, as people read it; whoever may least stands first. */
export const kinds = [
  { value: 'VIEWER', name: 'A viewer’s', may: 'reads everything' },
  { value: 'MEMBER', name: 'A member’s', may: 'schedules and changes runs, too' },
  { value: 'ADMIN', name: 'An admin’s', may: 'does everything, and lets others in' },
  { value: 'TRAINER', name: 'A trainer’s', may: 'trains, and does nothing else' },
] as const satisfies readonly { value: Role | 'TRAINER'; name: string; may: string }[];

export type Kind = (typeof kinds)[number];

/** The kinds of token that somebody may make: none that does more than they. */
export const kindsFor = (role: Role | null | undefined): readonly Kind[] =>
  role === 'ADMIN' ? kinds : kinds.slice(0, role === 'MEMBER' ? 2 : 0);

export const kindOf = ({ role, scope }: { role: TokenRole; scope?: Role | null }): Kind =>
  kinds.find(({ value }) => value === (role === 'TRAINER' ? role : scope)) ?? kinds[0];
