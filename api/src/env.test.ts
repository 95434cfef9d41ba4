import { describe, expect, it } from 'vitest';
import { readSettings } from './env.ts';

describe('the API’s settings', () => {
  it('are the defaults where variables are empty, as compose files leave them', () => {
    const names = ['API_HOST', 'API_PORT', 'STUDYHALL_HOME', 'DATABASE_URL', 'LEASE_SECONDS', 'RENEW_SECONDS', 'PUBLIC_HOSTS', 'LOG_LEVEL'];
    expect(readSettings(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(readSettings({}));
    expect(readSettings({})).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: undefined, leaseSeconds: 15, renewSeconds: 5 });
  });

  it('name the variable that is wrong, and what is right', () => {
    expect(() => readSettings({ API_HOST: 'localhost:4000' })).toThrow('API_HOST is localhost:4000; it must be a host');
    expect(() => readSettings({ RENEW_SECONDS: '20' })).toThrow('RENEW_SECONDS is 20; it must be a number from 0.05 to 15.');
    expect(() => readSettings({ LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL is loud; it must be one of trace, debug');
  });
});
