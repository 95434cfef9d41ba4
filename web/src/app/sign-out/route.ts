import type { NextRequest } from 'next/server';
import { readFields } from '@/features/access/begin-session.ts';
import { endSession } from '@/features/access/end-session.ts';
import { ownCookie } from '@/features/access/own-cookie.ts';
import { basePath } from '@/lib/base-path.ts';
import { forgetKey } from '@/server/key-cookie.ts';

/** Ends the session of this browser, or of all; a browser that cannot be told apart keeps nothing either way. */
export async function POST(request: NextRequest): Promise<Response> {
  const { everywhere } = await readFields(request, ['everywhere']);
  const ended = await endSession(request.headers.get('cookie'), everywhere !== '');
  const headers = new Headers({
    'cache-control': 'no-store',
    location: `${basePath}${ended ? '/sign-in?because=out' : '/account?because=unanswered'}`,
  });
  if (ended) for (const cookie of forgetKey(ownCookie())) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
