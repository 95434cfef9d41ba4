import { gzipSync } from 'node:zlib';
import { ensureWebBuilt } from '../../../start/build-web.mjs';
import { Service } from '../../chaos/fleet/service.ts';
import { until } from '../../chaos/fleet/until.ts';
import { freePorts } from '../../e2e/house.ts';
import type { MeasuredHouse } from './house.ts';
import { connection, expectRight } from './load/client.ts';
import { type Spread, spread } from './quantiles.ts';

export type Home = Spread & { bytes: number; gzipBytes: number };

/** The HTML of the first page, the leaderboard: its bytes, and milliseconds until the last of them was there. */
export async function measureHome({ api }: MeasuredHouse, seconds: number): Promise<Home> {
  await ensureWebBuilt();
  const [port] = await freePorts();
  const web = new Service('web/server.ts', [], { API_URL: api.url, WEB_PORT: String(port), STUDYHALL_INSTANCE: 'bench' });
  const url = `http://127.0.0.1:${port}`;
  const { post, close } = connection(`${url}/`, { accept: 'text/html' });
  const get = async () => expectRight(await post('', 'GET'));
  try {
    await until(
      'the pages are served',
      () => {
        if (!web.running) throw new Error(`the web server ended:\n${web.output}`);
        return fetch(`${url}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        );
      },
      (healthy) => healthy,
    );
    const html = await get();
    const took: number[] = [];
    const ends = performance.now() + seconds * 1000;
    do {
      const began = performance.now();
      await get();
      took.push(performance.now() - began);
    } while (performance.now() < ends);
    return { ...spread(took), bytes: html.length, gzipBytes: gzipSync(html).length };
  } finally {
    close();
    await web.end('SIGTERM');
  }
}
