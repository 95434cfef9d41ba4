import type { NextRequest } from 'next/server';
import { checkKey } from '@/features/access/check-key.ts';

/** Opens the printed link: the key becomes a cookie that scripts cannot read, and leaves the address bar. */
export async function GET(request: NextRequest): Promise<Response> {
  return enter(request.nextUrl.searchParams.get('key') ?? '', request);
}

/** The same for a key typed by hand. */
export async function POST(request: NextRequest): Promise<Response> {
  const key = (await request.formData()).get('key');
  return enter(typeof key === 'string' ? key : '', request);
}

async function enter(key: string, request: NextRequest): Promise<Response> {
  const accepted = await checkKey(key.trim());
  // A relative address, so that the name the visitor used is kept.
  const headers = new Headers({
    location: accepted ? '/' : '/enter/refused',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  if (accepted) {
    const secure = request.headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';
    headers.append(
      'set-cookie',
      `studyhall_key=${encodeURIComponent(key.trim())}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000${secure}`,
    );
  }
  return new Response(null, { status: 303, headers });
}
