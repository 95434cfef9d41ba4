import { basePath } from '@/lib/base-path.ts';
import type { KeyCookie } from '@/server/key-cookie.ts';

/** This Studyhall's cookie, as its web server named it. */
export function ownCookie(): KeyCookie {
  return { name: process.env.STUDYHALL_KEY_COOKIE ?? 'studyhall_key', path: basePath || '/' };
}
