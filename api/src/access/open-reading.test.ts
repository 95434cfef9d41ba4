import { describe, expect, it } from 'vitest';
import { readsOpenly } from './open-reading.ts';
import { hostAllowed } from './origin.ts';

const here = { onLoopback: true, publicHosts: [] };
const asks = (headers: Record<string, string> = {}, reach: { onLoopback: boolean; publicHosts: string[] } = here, httpVersion = '1.1') =>
  readsOpenly({ headers: { host: 'localhost:4000', ...headers }, httpVersion }, reach);

describe('reading without a key', () => {
  it('is for who asks this machine by a name that only it has', () => {
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000', 'bench.localhost']) expect(asks({ host }), host).toBe(true);
    for (const host of ['192.168.1.5:4000', 'bench.example', '127.0.0.1.example', '']) expect(asks({ host }), host).toBe(false);
  });

  it('is for nobody where others are meant to come', () => {
    expect(asks({}, { onLoopback: false, publicHosts: [] })).toBe(false);
    expect(asks({}, { onLoopback: true, publicHosts: ['bench.example'] })).toBe(false);
  });

  it('is for nobody behind a proxy, whatever it calls itself', () => {
    for (const name of ['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'via', 'x-studyhall-web'])
      expect(asks({ [name]: 'local' }), name).toBe(false);
    expect(asks({}, here, '1.0')).toBe(false);
    // As nginx from 1.30 on passes a browser's request on, and as earlier ones are told to.
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    for (const connection of ['', 'close']) expect(asks({ ...browser, connection }), connection).toBe(false);
    expect(asks(browser)).toBe(false);
    expect(asks({ ...browser, connection: 'keep-alive' })).toBe(true);
    // As it is set up for WebSockets: of those alone it is true.
    expect(asks({ connection: 'upgrade' })).toBe(false);
    expect(asks({ connection: 'keep-alive, Upgrade', upgrade: 'websocket' })).toBe(true);
  });
});

it('a name that nobody gave is served only where nothing is open', () => {
  expect(hostAllowed('bench.example:4000', here)).toBe(false);
  expect(hostAllowed('bench.example:4000', { onLoopback: true, publicHosts: ['other.example'] })).toBe(false);
  expect(hostAllowed('bench.example:4000', { onLoopback: false, publicHosts: [] })).toBe(true);
  for (const address of ['10.0.0.7', '10.0.0.7:4000', '[fd00::7]:4000']) expect(hostAllowed(address, here), address).toBe(true);
});
