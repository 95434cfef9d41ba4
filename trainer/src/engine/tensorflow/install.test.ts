import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEngine } from '../open.ts';
import { isTaken, PACKAGES, WHEEL } from './files.ts';
import { expectMachine } from './install.ts';
import { bindingIn, enginesFolder, TENSORFLOW } from './place.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-engines-'));
  vi.stubEnv('STUDYHALL_ENGINES', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describe('the engine tfjs-node', () => {
  it('says how it is installed where it is not', async () => {
    await expect(openEngine(TENSORFLOW)).rejects.toThrow(
      `tfjs-node is not installed in ${join(root, TENSORFLOW)}; install it by: npm run trainer -- install tfjs-node`,
    );
  });

  it('says that a damaged one does not work', async () => {
    const binding = bindingIn(join(root, TENSORFLOW));
    await mkdir(dirname(binding), { recursive: true });
    await writeFile(binding, 'not a library');
    await expect(openEngine(TENSORFLOW, { threads: 1 })).rejects.toThrow(`tfjs-node in ${join(root, TENSORFLOW)} does not work: `);
  });

  it('names what a machine lacks before anything is fetched', async () => {
    const linux = { platform: 'linux', arch: 'x64', compiler: 'g++' };
    await expect(expectMachine({ ...linux, platform: 'darwin', arch: 'arm64' })).rejects.toThrow(
      'is installed on Linux x64 only, and this is darwin arm64; the engine that works here is compiled-cpu',
    );
    await expect(expectMachine({ ...linux, compiler: 'no-such-compiler' })).rejects.toThrow('apt-get install g++');
  });

  it('lies where STUDYHALL_ENGINES says, else in the home', () => {
    expect(enginesFolder({ STUDYHALL_HOME: '/home/own', STUDYHALL_ENGINES: '' })).toBe('/home/own/engines');
    expect(enginesFolder({ STUDYHALL_HOME: '/home/own', STUDYHALL_ENGINES: '/large' })).toBe('/large');
  });

  it('is fetched by checksums known beforehand, and takes two libraries and their headers out of the wheel', () => {
    expect(WHEEL.checksum).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const { checksum } of Object.values(PACKAGES)) expect(checksum).toMatch(/^sha512:[0-9a-f]{128}$/);
    const taken = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/include/tensorflow/c/c_api.h', 'tensorflow/THIRD_PARTY_NOTICES.txt'];
    expect(taken.filter((name) => !isTaken(name))).toEqual([]);
    expect(['tensorflow/python/pywrap.so', 'tensorflow/libtensorflow_cc.so.2.bak', 'tensorflow/__init__.py'].filter(isTaken)).toEqual([]);
  });
});
