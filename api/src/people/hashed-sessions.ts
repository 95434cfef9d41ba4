import type { DBAdapter } from 'better-auth';
import { hashOf } from '../access/tokens.ts';

/**
 * The same tables, with sessions' tokens kept as hashes: better-auth would keep what a browser's cookie holds, and whoever reads a backup
 * could sign in with it. Sessions are made by it alone; looking them up and ending them is ours.
 */
export const withHashedSessions = (adapter: DBAdapter): DBAdapter => ({
  ...adapter,
  create: async (asked) => {
    const data = asked.data as Record<string, unknown>;
    if (asked.model !== 'session') return adapter.create(asked);
    const created = await adapter.create({ ...asked, data: { ...data, token: hashOf(String(data.token)) } });
    // Who it was made for is told its token, this once.
    return { ...(created as object), token: data.token } as never;
  },
});
