import type { NextRequest } from 'next/server';
import { beginSession, readFields } from '@/features/access/begin-session.ts';
import { insidePath } from '@/server/inside-path.ts';

/** Signs in by name and password. */
export async function POST(request: NextRequest): Promise<Response> {
  const { next, ...fields } = await readFields(request, ['name', 'password', 'next']);
  const inside = insidePath(next);
  return beginSession(request, '/sign-in', fields, { next: inside, back: `/sign-in?next=${encodeURIComponent(inside)}` });
}
