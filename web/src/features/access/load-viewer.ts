import { ViewerDocument } from '@/generated/graphql.ts';
import { errorCode, errorMessage } from '@/lib/api/error-code.ts';
import { query } from '@/lib/api/server-client.ts';

export type Viewer = { name: string | null; canWrite: boolean; version: string };

export type Access = { kind: 'open'; viewer: Viewer } | { kind: 'locked' } | { kind: 'unreachable'; message: string };

/** Who asks, by their cookie: whether the house is open to them, locked, or its API away. */
export async function loadAccess(): Promise<Access> {
  try {
    const { data } = await query({ query: ViewerDocument, fetchPolicy: 'no-cache' });
    return data?.viewer.canRead ? { kind: 'open', viewer: data.viewer } : { kind: 'locked' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return { kind: 'locked' };
    return { kind: 'unreachable', message: errorMessage(error) };
  }
}
