import type { NextRequest } from 'next/server';
import { checkKey } from '@/features/access/check-key.ts';
import { ownCookie } from '@/features/access/own-cookie.ts';
import { forgetKey, ownKeys } from '@/server/key-cookie.ts';

/** Makes the browser forget a key that opens nothing; one that does (brought meanwhile, in another window) stays. */
export async function POST(request: NextRequest): Promise<Response> {
  const cookie = ownCookie();
  const { keys } = ownKeys(request.headers.get('cookie'), cookie.name);
  const known = await Promise.all(keys.map(checkKey));
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (known.every((answer) => answer === false)) for (const header of forgetKey(cookie)) headers.append('set-cookie', header);
  return new Response(null, { status: 204, headers });
}
