import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';
import { refuseHost } from './visitor-host.ts';

describe('the web server’s environment', () => {
  it('listens on this machine alone unless told otherwise', () => {
    expect(readEnvironment({})).toMatchObject({ port: 3000, host: '127.0.0.1', apiUrl: 'http://127.0.0.1:4000', isPublic: false });
    expect(readEnvironment({ WEB_HOST: '0.0.0.0' }).isPublic).toBe(true);
    expect(readEnvironment({ WEB_HOST: '::1' }).isPublic).toBe(false);
  });

  it('tells this Studyhall from others by what its starter drew, else by its API', () => {
    const of = (env: Record<string, string>) => readEnvironment(env).instance;
    expect(of({ STUDYHALL_INSTANCE: 'a b;c' })).toMatch(/^[0-9a-f]{8}$/);
    expect(
      new Set([of({}), of({ API_URL: 'http://127.0.0.1:4001' }), of({ STUDYHALL_INSTANCE: 'a' }), of({ STUDYHALL_INSTANCE: 'b' })]).size,
    ).toBe(4);
    expect(readEnvironment({ BASE_PATH: 'studyhall/' }).basePath).toBe('/studyhall');
  });

  it('takes empty variables for unset ones, and addresses with or without brackets', () => {
    const unset = { WEB_PORT: '', WEB_HOST: ' ', API_URL: '', PUBLIC_HOSTS: ' , ' };
    expect(readEnvironment(unset)).toEqual(readEnvironment({}));
    expect(readEnvironment({ WEB_HOST: '[::1]' })).toMatchObject({ host: '::1', isPublic: false });
    expect(readEnvironment({ WEB_HOST: '::' }).isPublic).toBe(true);
    expect(readEnvironment({ API_URL: ' http://[::1]:4000/ ' }).apiUrl).toBe('http://[::1]:4000');
  });

  it('names the variable that is wrong, and what is right', () => {
    expect(() => readEnvironment({ WEB_PORT: 'web' })).toThrow('WEB_PORT is web; it must be a port');
    expect(() => readEnvironment({ API_URL: 'nowhere' })).toThrow('API_URL is nowhere');
  });
});

describe('refuseHost', () => {
  it('answers to loopback names, with or without a port', () => {
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000'])
      expect(refuseHost(host, { isPublic: false, publicHosts: [] })).toBeNull();
  });

  it('answers to plain addresses, which no foreign name is: whoever asks whether we are well has no other', () => {
    for (const host of ['192.168.1.5:3000', '10.0.0.7', '[fd00::7]:3000'])
      expect(refuseHost(host, { isPublic: true, publicHosts: ['lab.example'] })).toBeNull();
  });

  it('refuses a foreign name that was pointed at this machine', () => {
    expect(refuseHost('evil.example:3000', { isPublic: false, publicHosts: [] })).toContain('"evil.example"');
    expect(refuseHost(undefined, { isPublic: false, publicHosts: [] })).not.toBeNull();
  });

  it('answers to named hosts, and on a public address without names to any', () => {
    expect(refuseHost('lab.example', { isPublic: true, publicHosts: ['lab.example'] })).toBeNull();
    expect(refuseHost('other.example', { isPublic: true, publicHosts: ['lab.example'] })).not.toBeNull();
    expect(refuseHost('10.0.0.5:3000', { isPublic: true, publicHosts: [] })).toBeNull();
  });
});
