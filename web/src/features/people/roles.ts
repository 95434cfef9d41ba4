import type { Role } from '@/generated/graphql.ts';

/** Roles as people read them, the one that may least first. */
export const roles = [
  { value: 'VIEWER', name: 'Viewer', one: 'a viewer', may: 'reads everything' },
  { value: 'MEMBER', name: 'Member', one: 'a member', may: 'schedules, changes and discusses runs, too' },
  { value: 'ADMIN', name: 'Admin', one: 'an admin', may: 'does everything, and lets others in' },
] as const satisfies readonly { value: Role; name: string; one: string; may: string }[];

export const wordsOf = (role: Role) => roles.find(({ value }) => value === role) ?? roles[0];

/** What a select says was chosen. */
export const readRole = (text: string): Role => roles.find(({ value }) => value === text)?.value ?? 'VIEWER';
