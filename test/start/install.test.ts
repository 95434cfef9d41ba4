import { describe, expect, it } from 'vitest';
import { isForThisPlatform, missingPackages, npmEnvironment } from '../../start/install.mjs';

describe('installing', () => {
  it('leaves out what npm was told about other projects, and keeps how packages are reached', () => {
    const env = {
      NPM_CONFIG_OMIT: 'dev',
      npm_config_include: 'prod',
      npm_config_global: 'true',
      'npm_config_ignore-scripts': 'false',
      NPM_CONFIG_INSTALL_STRATEGY: 'linked',
      npm_config_registry: 'https://npm.example',
      npm_config_userconfig: '/home/a/.npmrc',
      HTTPS_PROXY: 'http://proxy.example',
      NODE_ENV: 'production',
      HOME: process.env.HOME,
    };
    expect(npmEnvironment(env)).toEqual({
      NPM_CONFIG_OMIT: undefined,
      npm_config_include: undefined,
      npm_config_global: undefined,
      'npm_config_ignore-scripts': undefined,
      NPM_CONFIG_INSTALL_STRATEGY: undefined,
    });
  });

  it('is needed where a package is missing, is of another version, or a room of this repository has no link yet', () => {
    const wanted = {
      '': {},
      api: { version: '1' },
      'node_modules/a': { version: '1' },
      'node_modules/b': { version: '2' },
      'node_modules/c': { version: '1' },
      'node_modules/@studyhall/api': { link: true },
      'node_modules/@studyhall/new': { link: true },
    };
    const found = { 'node_modules/a': { version: '1' }, 'node_modules/b': { version: '1' }, 'node_modules/c': { version: '1' } };
    const there = ['node_modules/a', 'node_modules/b', 'node_modules/@studyhall/api'];
    expect(missingPackages(wanted, found, (place) => there.includes(place)).map(([place]) => place)).toEqual([
      'node_modules/b',
      'node_modules/c',
      'node_modules/@studyhall/new',
    ]);
  });

  it.each([
    [{ os: ['linux'], cpu: ['x64'] }, true],
    [{ os: ['linux'], cpu: ['x64'], libc: ['glibc'] }, true],
    [{ os: ['linux'], cpu: ['x64'], libc: ['musl'] }, false],
    [{ os: ['linux'], cpu: ['arm64'] }, false],
    [{ os: ['darwin'], cpu: ['x64'] }, false],
    // Wanted by another optional package alone.
    [{}, false],
  ])('on Linux with glibc, %j is wanted: %s', (entry, wanted) => {
    const machine = { platform: 'linux', arch: 'x64', report: { getReport: () => ({ header: { glibcVersionRuntime: '2.36' } }) } };
    expect(isForThisPlatform(entry, machine)).toBe(wanted);
  });
});
