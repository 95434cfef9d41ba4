import type { ServerResponse } from 'node:http';

/** Ends an answer of which so long nothing was taken that was ready. Until something is, it may last as long as it does. */
export function endUnread(response: ServerResponse, ms: number): void {
  response.on('timeout', () => (response.writableLength > 0 ? response.destroy() : response.setTimeout(ms)));
  response.setTimeout(ms);
}
