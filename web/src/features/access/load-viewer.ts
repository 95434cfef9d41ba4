import { headers } from 'next/headers';
import { type Role, ViewerDocument } from '@/generated/graphql.ts';
import { errorCode, errorMessage } from '@/lib/api/error-code.ts';
import { query } from '@/lib/api/server-client.ts';
import { ownKeys } from '@/server/key-cookie.ts';
import { ownCookie } from './own-cookie.ts';

export type Viewer = { name: string | null; canWrite: boolean; role?: Role | null; signedIn: boolean; hasPeople: boolean; version: string };

export type Access =
  | { kind: 'open'; viewer: Viewer; staleKey: boolean }
  | { kind: 'locked'; staleKey: boolean; hasPeople: boolean }
  | { kind: 'unreachable'; message: string };

/** Who asks, by their cookie: whether the house is open to them, locked, or its API away. `staleKey`: they brought a key that opens nothing. */
export async function loadAccess(): Promise<Access> {
  const { present } = ownKeys((await headers()).get('cookie'), ownCookie().name);
  try {
    const { data } = await query({ query: ViewerDocument, fetchPolicy: 'no-cache' });
    if (!data?.viewer.canRead) return { kind: 'locked', staleKey: present, hasPeople: data?.viewer.hasPeople ?? false };
    return { kind: 'open', viewer: data.viewer, staleKey: present && data.viewer.name === null };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return { kind: 'locked', staleKey: present, hasPeople: false };
    return { kind: 'unreachable', message: errorMessage(error) };
  }
}
