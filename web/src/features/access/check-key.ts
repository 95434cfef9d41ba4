import { print } from 'graphql';
import { ViewerDocument, type ViewerQuery } from '@/generated/graphql.ts';
import { isKey } from '@/server/key-cookie.ts';

/** Whether the API knows this key, or session, as a person's; null if it does not answer. */
export async function checkKey(key: string): Promise<boolean | null> {
  if (!isKey(key) || key.length < 8) return false;
  try {
    const response = await fetch(`${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql`, {
      method: 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', cookie: `studyhall_key=${key}` },
      body: JSON.stringify({ query: print(ViewerDocument) }),
    });
    const answer = (await response.json()) as { data?: ViewerQuery | null };
    return response.status < 500 ? !!answer.data?.viewer.role : null;
  } catch {
    return null;
  }
}
