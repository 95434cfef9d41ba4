import { headers } from 'next/headers';
import { nonceHeader } from '@/server/security-headers.ts';

/** What this answer's inline scripts have to carry to be run. */
export async function readNonce(): Promise<string | undefined> {
  return (await headers()).get(nonceHeader) ?? undefined;
}
