import { describe, expect, it } from 'vitest';
import { webHeader } from '../../../start/machine/visitor.mjs';
import { readEnvironment } from './environment.ts';
import { mark } from './visit.ts';

function marked(headers: Record<string, string>, env: Record<string, string> = {}, httpVersion = '1.1'): unknown {
  const request = { headers: { host: 'localhost:3000', ...headers } as Record<string, string>, httpVersion };
  mark(request, readEnvironment(env));
  return request.headers[webHeader];
}

describe('where a visitor comes from', () => {
  it('is this machine, for who asks it by a name that only it has', () => {
    for (const host of ['localhost:3000', 'bench.localhost:3000', '127.0.0.1:3000', '[::1]:3000']) expect(marked({ host })).toBeUndefined();
  });

  it('is beyond it where this server listens to others, or a host is named that others know', () => {
    expect(marked({}, { WEB_HOST: '0.0.0.0' })).toBe('public');
    expect(marked({}, { PUBLIC_HOSTS: 'lab.example' })).toBe('public');
    expect(marked({ host: '192.168.1.5:3000' })).toBe('public');
  });

  it('is beyond it where a proxy on this machine passes the request on', () => {
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'via'])
      expect(marked({ [name]: '10.0.0.7' }), name).toBe('public');
    // What nginx speaks unless told otherwise; no browser does.
    expect(marked({}, {}, '1.0')).toBe('public');
    // From 1.30 on it says nothing of its connection, where a browser does.
    const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect(marked(browser)).toBe('public');
    expect(marked({ ...browser, connection: 'close' })).toBe('public');
    expect(marked({ ...browser, connection: 'keep-alive' })).toBeUndefined();
    // What it is told to say for WebSockets, of every request; a browser asks for one.
    expect(marked({ connection: 'upgrade' })).toBe('public');
    expect(marked({ connection: 'Upgrade', upgrade: 'websocket' })).toBeUndefined();
  });

  it('is never what the visitor claims', () => {
    expect(marked({ [webHeader]: 'trusted' })).toBeUndefined();
    expect(marked({ [webHeader]: 'trusted' }, { WEB_HOST: '0.0.0.0' })).toBe('public');
  });
});
