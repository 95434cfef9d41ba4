import pg from 'pg';

/**
 * A client that is not connected yet. What befalls its connection fails the query under way, or the next one, and ends this process never:
 * pg tells of it by an event, too, which nobody needs to listen to.
 */
export function createClient(url: string, options: Omit<pg.ClientConfig, 'connectionString'> = {}): pg.Client {
  const client = new pg.Client({ connectionString: url, ...options });
  client.on('error', () => {});
  return client;
}
