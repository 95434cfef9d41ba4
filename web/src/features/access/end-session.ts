import { print } from 'graphql';
import { SignOutDocument, SignOutEverywhereDocument } from '@/generated/graphql.ts';
import { keyCookies } from '@/server/key-cookie.ts';

/** Has the API end the session that a browser's cookies hold. @returns false where it did not answer; a session that is none is ended. */
export async function endSession(cookies: string | null, everywhere: boolean): Promise<boolean> {
  const cookie = keyCookies(cookies);
  if (!cookie) return true;
  try {
    const response = await fetch(`${process.env.API_URL ?? 'http://127.0.0.1:4000'}/graphql`, {
      method: 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: print(everywhere ? SignOutEverywhereDocument : SignOutDocument) }),
    });
    return response.status < 500;
  } catch {
    return false;
  }
}
