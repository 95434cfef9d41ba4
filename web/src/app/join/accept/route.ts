import type { NextRequest } from 'next/server';
import { beginSession, readFields } from '@/features/access/begin-session.ts';

/** Accepts an invitation: makes an account, and signs in. */
export async function POST(request: NextRequest): Promise<Response> {
  const fields = await readFields(request, ['invitation', 'name', 'password']);
  return beginSession(request, '/join', fields, { next: '/', back: `/join?invitation=${encodeURIComponent(fields.invitation)}` });
}
