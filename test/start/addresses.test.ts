import { describe, expect, it } from 'vitest';
import { ownAddress, publicAddress } from '../../start/addresses.mjs';

const web = { host: '127.0.0.1', port: 3000, basePath: '' };
const named = { PUBLIC_HOSTS: 'localhost, Bench.example, other.example' };

describe('where the pages are found', () => {
  it('is this machine, and nobody else’s matter, as long as nothing else is said', () => {
    expect([ownAddress({}, web), publicAddress({}, web)]).toEqual(['http://localhost:3000', 'http://localhost:3000']);
    expect(ownAddress({}, { ...web, host: '::1' })).toBe('http://[::1]:3000');
  });

  it('is for others by the first name that they may use, with its own port if it has one', () => {
    const open = { ...web, host: '0.0.0.0', basePath: '/lab' };
    expect(ownAddress(named, open)).toBe('http://bench.example:3000/lab');
    expect(publicAddress(named, open)).toBe('http://bench.example:3000/lab');
    expect(ownAddress({ PUBLIC_HOSTS: 'bench.example:3000' }, open)).toBe('http://bench.example:3000/lab');
    expect(ownAddress({ PUBLIC_HOSTS: '[fe80::1]' }, open)).toBe('http://[fe80::1]:3000/lab');
  });

  it('is for others behind a proxy with TLS where this server listens to its own machine alone', () => {
    expect(ownAddress(named, web)).toBe('http://localhost:3000');
    expect(publicAddress(named, { ...web, basePath: '/lab' })).toBe('https://bench.example/lab');
    expect(publicAddress({ ...named, PUBLIC_URL: ' http://bench.example:8080 ' }, web)).toBe('http://bench.example:8080');
  });
});
