import type { NextRequest } from 'next/server';
import { checkKey } from '@/features/access/check-key.ts';
import { ownCookie } from '@/features/access/own-cookie.ts';
import { basePath } from '@/lib/base-path.ts';
import { keepKey } from '@/server/key-cookie.ts';

/** Opens the printed link: the key becomes a cookie that scripts cannot read, and leaves the address bar. */
export async function GET(request: NextRequest): Promise<Response> {
  return enter(request.nextUrl.searchParams.get('key') ?? '', request);
}

/** The same for a key typed by hand. */
export async function POST(request: NextRequest): Promise<Response> {
  // What is no form holds no key.
  const form = await request.formData().catch(() => null);
  const key = form?.get('key');
  return enter(typeof key === 'string' ? key : '', request);
}

async function enter(text: string, request: NextRequest): Promise<Response> {
  const key = text.trim();
  const accepted = await checkKey(key);
  const next = accepted ? basePath || '/' : `${basePath}/enter/refused${accepted === null ? '?unanswered' : ''}`;
  // A relative address, so that the name the visitor used is kept.
  const headers = new Headers({ location: next, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  if (accepted) {
    const secure = request.headers.get('x-forwarded-proto') === 'https';
    for (const cookie of keepKey(ownCookie(), key, secure)) headers.append('set-cookie', cookie);
  }
  return new Response(null, { status: 303, headers });
}
