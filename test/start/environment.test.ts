import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  inUrl,
  reachable,
  readChoice,
  readFolder,
  readHost,
  readHosts,
  readList,
  readNumber,
  readPort,
  readText,
} from '../../start/machine/environment.mjs';
import { missingFolders } from '../../start/machine/folders.mjs';
import { withoutInspector } from '../../start/machine/node-options.mjs';
import { foreignTo } from '../own-environment.mjs';

describe('a variable', () => {
  it('that is empty means its default, as compose files leave it', () => {
    const env = { TEXT: '', PORT: ' ', HOST: '', NUMBER: '\t', FOLDER: '', LIST: '', CHOICE: '' };
    expect(readText(env, 'TEXT')).toBeUndefined();
    expect(readPort(env, 'PORT', 3000)).toBe(3000);
    expect(readHost(env, 'HOST')).toBe('127.0.0.1');
    expect(readNumber(env, 'NUMBER', 15, 1, 20)).toBe(15);
    expect(readFolder(env, 'FOLDER', '.studyhall', '/repository')).toBe('/repository/.studyhall');
    expect(readList(env, 'LIST')).toEqual([]);
    expect(readChoice(env, 'CHOICE', 'info', ['info', 'warn'])).toBe('info');
  });

  it('counts without the blanks around it', () => {
    const env = { PORT: ' 3001\n', HOST: ' ::1 ', FOLDER: ' my studyhall ', LIST: ' Lab.example, ,b ', CHOICE: 'WARN' };
    expect(readPort(env, 'PORT', 3000)).toBe(3001);
    expect(readHost(env, 'HOST')).toBe('::1');
    expect(readFolder(env, 'FOLDER', '', '/repository')).toBe('/repository/my studyhall');
    expect(readList(env, 'LIST')).toEqual(['lab.example', 'b']);
    expect(readChoice(env, 'CHOICE', 'info', ['info', 'warn'])).toBe('warn');
  });

  it.each(['70000', '0', '-1', '3e3', '0x10', '3000.0', '３０００', 'http'])('%s is no port', (text) => {
    expect(() => readPort({ WEB_PORT: text }, 'WEB_PORT', 3000)).toThrow(`WEB_PORT is ${text}; it must be a port from 1 to 65535.`);
  });

  it.each(['1,5', '0x10', '1e1', 'Infinity', '99'])('%s is no number up to 20', (text) => {
    expect(() => readNumber({ LEASE: text }, 'LEASE', 15, 0.2, 20)).toThrow(`LEASE is ${text}; it must be a number from 0.2 to 20.`);
  });

  it.each(['localhost:3000', 'http://host', '*', 'a b', '[localhost]', '::1]', '-x'])('%s is no host', (text) => {
    expect(() => readHost({ WEB_HOST: text }, 'WEB_HOST')).toThrow(`WEB_HOST is ${text}; it must be a host's name or address`);
  });

  it('names hosts as browsers do', () => {
    const env = { PUBLIC_HOSTS: 'Lab.example, lab.example:3000,,bücher.example , fd00::7,[fd00::7]:3000,10.0.0.7' };
    const hosts = ['lab.example', 'lab.example:3000', 'xn--bcher-kva.example', '[fd00::7]', '[fd00::7]:3000', '10.0.0.7'];
    expect(readHosts(env, 'PUBLIC_HOSTS')).toEqual(hosts);
    expect(readHosts({ PUBLIC_HOSTS: ' , ' }, 'PUBLIC_HOSTS')).toEqual([]);
  });

  it.each(['https://lab.example', 'lab.example/', '*.lab.example', 'lab.example other.example', 'me@lab.example', 'lab.example:port'])(
    '%s is none of the public hosts',
    (text) => {
      expect(() => readHosts({ PUBLIC_HOSTS: `ok.example,${text}` }, 'PUBLIC_HOSTS')).toThrow(
        `PUBLIC_HOSTS names ${text}; it must be hosts as they stand in an address, such as lab.example or lab.example:3000`,
      );
    },
  );

  it('names a folder from the repository, or from the user’s own', () => {
    expect(readFolder({ HOME_OF: '../kept' }, 'HOME_OF', '', '/a/repository')).toBe('/a/kept');
    expect(readFolder({ HOME_OF: '~/kept' }, 'HOME_OF', '', '/a')).toBe(path.join(homedir(), 'kept'));
    expect(readFolder({ HOME_OF: '/kept' }, 'HOME_OF', '', '/a')).toBe('/kept');
  });
});

describe('a host', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['::', '[::1]'],
    ['0:0:0:0:0:0:0:0', '[::1]'],
    ['bench.example', 'bench.example'],
    ['fe80::1%eth0', '[fe80::1%25eth0]'],
  ])('%s is reached at %s', (typed, address) => {
    expect(inUrl(reachable(readHost({ API_HOST: typed }, 'API_HOST')))).toBe(address);
  });
});

describe('folders that tools need', () => {
  let home: string;
  let file: string;
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'studyhall-folders-'));
    file = path.join(home, 'a file');
    await writeFile(file, '');
  });
  afterAll(() => rm(home, { recursive: true }));

  it('stay as they are where they can be used', () => {
    expect(missingFolders({ TMPDIR: home, HOME: home }, home, { writing: true })).toEqual({});
    expect(missingFolders({ HOME: '/nowhere' }, home)).toEqual({});
  });

  it.each(['/nowhere/at/all', 'relative', ''])('are replaced where HOME is "%s"', async (HOME) => {
    const changes = missingFolders({ TMPDIR: file, HOME: HOME || file }, home, { writing: true });
    expect(changes).toEqual({ TMPDIR: '/tmp', HOME: path.join(home, 'user') });
    expect((await stat(path.join(home, 'user'))).mode & 0o077).toBe(0);
  });

  it('are looked for where Node looks for them', () => {
    expect(missingFolders({ TMP: file, HOME: home }, home)).toEqual({ TMPDIR: '/tmp' });
    expect(missingFolders({ TEMP: '/nowhere', HOME: home }, home)).toEqual({ TMPDIR: '/tmp' });
    expect(missingFolders({ TMPDIR: home, TMP: '/nowhere', HOME: home }, home)).toEqual({});
  });

  it('are the account’s own where HOME is set and empty, which to Node is a folder of no name', () => {
    expect(missingFolders({ TMPDIR: home, HOME: '' }, home)).toEqual({ HOME: userInfo().homedir });
  });

  it.skipIf(process.getuid?.() === 0)('are replaced where they may only be read (skipped as root, who may write anywhere)', async () => {
    const readable = await mkdtemp(path.join(home, 'readable-'));
    await chmod(readable, 0o500);
    expect(missingFolders({ HOME: readable }, home, { writing: true }).HOME).toBe(path.join(home, 'user'));
  });
});

it('a debugger stays with the process it was meant for', () => {
  expect(withoutInspector('--inspect --max-old-space-size=4096 --inspect-brk=127.0.0.1:0')).toBe('--max-old-space-size=4096');
  expect(withoutInspector('--inspect-publish-uid=http')).toBe('');
});

it('tests see no setting of a Studyhall in use, and of libpq’s variables only those of their own Postgres', () => {
  const env = { DATABASE_URL: 'x', STUDYHALL_HOME: 'x', WEB_HOST: '', NODE_ENV: 'production', PATH: 'x', CHROMIUM_PATH: 'x' };
  expect(foreignTo(env)).toEqual(['DATABASE_URL', 'STUDYHALL_HOME', 'WEB_HOST', 'NODE_ENV']);
  expect(foreignTo({ PGSSLMODE: 'require' })).toEqual(['PGSSLMODE']);
  expect(foreignTo({ PGSSLMODE: 'require', TEST_DATABASE_URL: 'x' })).toEqual([]);
});
